"""The figures as text for the console and as JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from perf.bench.cases import Sample
from perf.bench.results import Goal, Limit, Row
from perf.bench.servers import OURS

_HEAD = "server                      per second   ratio    p50 ms    p99 ms    cpu us   ratio"


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run measured; times in seconds."""

    machine: Mapping[str, str]
    rounds: int
    seconds: int
    rows: Sequence[Row]
    goals: Sequence[Goal]
    limits: Sequence[Limit]
    samples: Sequence[Sample]


_REPORT = TypeAdapter(Report)


def write_json(report: Report, path: Path) -> None:
    """Writes everything, each sample too."""
    path.write_bytes(_REPORT.dump_json(report, indent=2))


def text(report: Report) -> str:
    """The medians of each case, how they compare, and which goals are reached; plain ASCII."""
    machine = ", ".join(f"{name} {value}" for name, value in report.machine.items())
    return "\n".join(
        (*_cases(report.rows), "", *_goals(report.goals), *_limits(report.limits), "", machine)
    )


def _cases(rows: Sequence[Row]) -> Iterator[str]:
    for case in dict.fromkeys(row.case for row in rows):
        yield from ("", case, _HEAD)
        ours = next(row for row in rows if (row.case, row.server) == (case, OURS))
        yield from (_line(row, ours) for row in rows if row.case == case)


def _line(row: Row, ours: Row) -> str:
    """Both ratios are those of the trading server to this one: speed, and processor time saved."""
    times = f"{_scaled(row.p50, 1e3):>10}{_scaled(row.p99, 1e3):>10}{_scaled(row.cpu, 1e6):>10}"
    saved = f"{row.cpu / ours.cpu:>8.2f}" if row.cpu and ours.cpu else f"{'-':>8}"
    return f"{row.server:<24}{row.rate:>14,.1f}{ours.rate / row.rate:>8.2f}{times}{saved}"


def _goals(goals: Sequence[Goal]) -> Iterator[str]:
    for goal in goals:
        verdict = "reached" if goal.reached else f"not reached: {goal.wanted:g} is wanted"
        yield f"{goal.name}: {goal.ratio:.2f} ({verdict})"


def _limits(limits: Sequence[Limit]) -> Iterator[str]:
    for limit in limits:
        verdict = "reached" if limit.reached else f"not reached: at most {limit.wanted:g} is wanted"
        yield f"{limit.name}: {limit.value:.2f} {limit.unit} ({verdict})"


def _scaled(seconds: float | None, factor: float) -> str:
    return "-" if seconds is None else f"{seconds * factor:.1f}"
