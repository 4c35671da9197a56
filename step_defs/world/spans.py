"""Times that were measured in a scenario, and when they began and ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from step_defs.world.answers import AnyAnswer
from step_defs.world.machine import NEAR, Machine


@dataclass(frozen=True, slots=True)
class Span:
    """So many `seconds`, between two moments of the client's `time.perf_counter`.

    The seconds of a `recorded` one are those of the server's own record, which is exact.
    """

    seconds: float
    began: float
    ended: float
    recorded: bool = False

    @property
    def seen(self) -> float:
        """The seconds by the client's clock."""
        return self.ended - self.began

    @classmethod
    def between(cls, began: float, ended: float) -> "Span":
        """A time by the client's clock."""
        return cls(ended - began, began, ended)


@dataclass(frozen=True, slots=True)
class Measured:
    """A time in seconds, and the part of it that is the machine's."""

    seconds: float
    machine: float = 0.0

    @property
    def net(self) -> float:
        """The time, the machine's part taken off."""
        return self.seconds - self.machine

    def against(self, limit: float) -> str:
        """The time beside its limit, in words."""
        return (
            f"measured {self.seconds:.3f} s, limit {limit:.3f} s, "
            f"machine's part {self.machine:.3f} s"
        )


def measured(spans: Sequence[Span], machine: Machine) -> list[Measured]:
    """Each time with what the machine has added to it where it began and where it ended."""
    if not spans:
        return []
    first, last = min(each.began for each in spans), max(each.ended for each in spans)
    knocks = machine.knocks.between(first - NEAR, last + NEAR)
    usual = knocks.usual

    def part(span: Span) -> float:
        # The client's own slow moments, which the usual knock stands for, are not in a record.
        least = 0.0 if span.recorded else usual
        return sum(max(least, knocks.longest_at(each)) for each in (span.began, span.ended))

    return [Measured(each.seconds, part(each)) for each in spans]


def of_answers(answers: Sequence[AnyAnswer]) -> list[Span]:
    """What the answers took."""
    return [Span.between(each.sent, each.received) for each in answers]
