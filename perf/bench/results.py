"""Medians, their ratios, and what the ratios are to reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from perf.bench.cases import FAN_OUT, LIST, PLACE, START, VIEW, Sample
from perf.bench.scale import CROWD, PENDING
from perf.bench.servers import OURS


@dataclass(frozen=True, slots=True)
class Row:
    """The medians of all rounds for one server in one case, in seconds."""

    case: str
    server: str
    rate: float
    p50: float | None
    p99: float | None
    cpu: float | None
    memory: float | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio of the trading server to a baseline; `reached` if it is at least `wanted`.

    `guard` is a generous bound: a ratio below it is a defect, on any machine and however busy.
    """

    name: str
    ratio: float
    wanted: float
    guard: float

    @property
    def reached(self) -> bool:
        """Whether the ratio is good enough."""
        return self.ratio >= self.wanted

    @property
    def broken(self) -> bool:
        """Whether the ratio is so low that something must be wrong."""
        return self.ratio < self.guard


@dataclass(frozen=True, slots=True)
class Limit:
    """Something of the trading server that no baseline has; `reached` if it is at most `wanted`.

    `guard` is for what cannot depend on the machine: beyond it something must be wrong.
    """

    name: str
    value: float
    unit: str
    wanted: float
    guard: float

    @property
    def reached(self) -> bool:
        """Whether it is small enough."""
        return self.value <= self.wanted

    @property
    def broken(self) -> bool:
        """Whether it is so large that something must be wrong."""
        return self.value > self.guard


def rows(samples: Sequence[Sample]) -> list[Row]:
    """One row for each server in each case, in the order of the samples."""
    grouped: dict[tuple[str, str], list[Sample]] = {}
    for sample in samples:
        grouped.setdefault((sample.case, sample.server), []).append(sample)
    return [
        Row(
            case,
            server,
            median(each.rate for each in group),
            _median([each.p50 for each in group]),
            _median([each.p99 for each in group]),
            _median([each.cpu for each in group]),
            _median([each.memory for each in group]),
        )
        for (case, server), group in grouped.items()
    ]


def goals(measured: Sequence[Row]) -> Iterator[Goal]:
    """The goals of those cases that were measured."""
    found = {(row.case, row.server): row for row in measured}
    for case, baseline, wanted, guard in (
        (PLACE.name, "bare", 1.0, 0.6),
        (PLACE.name, "naive", 1.0, 0.7),
        (VIEW.name, "bare", 1.3, 0.8),
        (LIST.name, "bare", 2.0, 1.0),
        (FAN_OUT.name, "naive", 4.0, 2.0),
        (FAN_OUT.name, "premade", 0.8, 0.5),
        (START, "bare", 0.8, 0.4),
    ):
        ours, other = found.get((case, OURS)), found.get((case, baseline))
        if ours and other:
            yield Goal(f"{case}, against {baseline}", ours.rate / other.rate, wanted, guard)
    alone, crowded = found.get((PLACE.name, OURS)), found.get((FAN_OUT.name, OURS))
    if alone and crowded and alone.p99 and crowded.p99:
        name = f"p99 of placing alone, against {FAN_OUT.name}"
        yield Goal(name, alone.p99 / crowded.p99, wanted=0.5, guard=0.1)


def limits(measured: Sequence[Row]) -> Iterator[Limit]:
    """The limits of those cases that were measured."""
    found = {row.case: row for row in measured if row.server == OURS}
    if (start := found.get(START)) and start.p50:
        yield Limit("start to the first answer", start.p50, "s", wanted=0.8, guard=4)
    if (crowd := found.get(CROWD)) and crowd.memory:
        yield Limit("memory for a subscriber", crowd.memory / 1024, "KB", wanted=64, guard=128)
    if (pending := found.get(PENDING)) and pending.p99 is not None:
        yield Limit("p99 of how late executions are", pending.p99 * 1000, "ms", 20, guard=500)


def _median(values: Sequence[float | None]) -> float | None:
    present = [value for value in values if value is not None]
    return median(present) if present else None
