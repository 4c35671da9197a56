"""Whether measured execution delays keep a limit, and what the machine has added to them.

How long a suite waits for an event says nothing about how long the event may take. Once it is
there, the server's own record is compared with the limit. Only what was measured to be the
machine's part is added: how far that record and the client's clock are apart. A breach counts only
if it shows again when it is measured once more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bdd import attach
from perf import BurstRecord, summarise
from step_defs.world.mismatches import ContractBroken, TimeWrong
from step_defs.world.promise import CLOCK_RESOLUTION


@dataclass(frozen=True, slots=True)
class Measured:
    """A time in seconds, and the part of it that is the machine's."""

    seconds: float
    machine: float

    def exceeds(self, limit: float) -> bool:
        """Whether the time is over the limit, the machine's part taken off."""
        return self.seconds > limit + self.machine

    def against(self, limit: float) -> str:
        """The time beside its limit, in words."""
        return (
            f"measured {self.seconds:.3f} s, limit {limit:.3f} s, "
            f"machine's part {self.machine:.3f} s"
        )


def longest(burst: BurstRecord) -> Measured:
    """The longest execution delay of a burst."""
    return _measured(burst, max)


def average(burst: BurstRecord) -> Measured:
    """The average execution delay of a burst."""
    return _measured(burst, lambda delays: sum(delays) / len(delays))


def _measured(burst: BurstRecord, figure: Callable[[list[float]], float]) -> Measured:
    recorded = [each.server_delay for each in burst.orders if each.server_delay is not None]
    errors = summarise(burst).measuring_error
    if not recorded or errors is None:
        raise ContractBroken(
            "There is nothing to measure", expected="executed orders", got="no executed order"
        )
    machine = max(CLOCK_RESOLUTION, abs(errors.least), abs(errors.greatest))
    return Measured(figure(recorded), machine)


def require_true_record(burst: BurstRecord, allowance: float) -> None:
    """The delays that the server records are, for half of the orders, those the client sees."""
    errors = summarise(burst).measuring_error
    if errors is not None and abs(errors.p50) > allowance:
        raise TimeWrong(
            "The times in the events are not those at which the events arrived",
            expected=f"execution delays within {allowance:.3f} s of the recorded ones",
            got=f"{errors.p50:.3f} s apart, for half of the orders",
        )


def require_within(what: str, first: Measured, limit: float, again: Callable[[], Measured]) -> None:
    """The time is within `limit` seconds, or at least is so when it is measured `again`."""
    measured = again() if first.exceeds(limit) else first
    attach(f"Measured: {what}", measured.against(limit))
    if measured.exceeds(limit):
        raise TimeWrong(
            f"{what} is too long",
            expected=f"at most {limit:.3f} s",
            got=f"{measured.against(limit)}; and before that {first.against(limit)}",
        )
