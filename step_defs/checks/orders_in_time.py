"""Whether single orders are executed within the time that a feature names."""

import perf
from driver import Contract, OrderStatus
from perf import BurstRecord
from step_defs.checks.limits import Measured, longest, require_within
from step_defs.world.answers import Placement
from step_defs.world.promise import CLOCK_RESOLUTION
from step_defs.world.world import World

SAMPLE = 20
"""Orders that are placed to measure a breach once more: one alone may be lucky this time."""


def measured_burst(world: World, contract: Contract, count: int) -> BurstRecord:
    """Places orders simultaneously, beside those of the scenario, and measures their delays."""
    patience = world.promise.delay_deadline
    return perf.burst(world.base_url, contract, count, patience=patience)


def require_executed_within(
    world: World, contract: Contract, placement: Placement, limit: float
) -> None:
    """The order's execution delay is within `limit` seconds, by the server's record."""
    require_within(
        "The execution delay",
        _execution(world, placement),
        limit,
        lambda: longest(measured_burst(world, contract, SAMPLE)),
    )


def _execution(world: World, placement: Placement) -> Measured:
    pending = world.await_status(placement, OrderStatus.PENDING)
    executed = world.await_status(placement, OrderStatus.EXECUTED)
    recorded = world.execution_seconds(placement)
    seen = executed.received - pending.received
    return Measured(recorded, max(CLOCK_RESOLUTION, abs(seen - recorded)))
