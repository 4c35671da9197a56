"""Steps about many orders at the same time, measured."""

import pytest

import perf
from bdd import announce, attach
from driver import Contract
from perf import BurstRecord
from step_defs.checks.bursts import (
    Figure,
    require_all_executed,
    require_at_most,
    require_spread,
)
from step_defs.checks.limits import require_true_record
from step_defs.checks.orders_in_time import measured_burst
from step_defs.phrases import then, when
from step_defs.world.mismatches import ScenarioWrong
from step_defs.world.world import World


@when("the trader places a burst of {count:Count} orders", target_fixture="burst")
def place_burst(world: World, contract: Contract, count: int) -> BurstRecord:
    """Places all orders at the same moment, tracks them to execution, reports all metrics.

    All connections are open and subscribed before the first order is sent. The metrics
    are printed whether or not a promise is broken.
    """
    record = measured_burst(world, contract, count)
    announce(f"Performance of {count} orders at the same time", perf.table(perf.summarise(record)))
    attach("Execution delays and answer times", perf.chart_svg(record), "image/svg+xml")
    attach("Times of every order", perf.csv_text(record), "text/csv")
    return record


@pytest.fixture
def burst() -> BurstRecord:
    """The latest burst, once a step has placed one."""
    raise ScenarioWrong(
        "The step refers to a burst",
        expected="a step before it that places a burst of orders",
        got="no burst in this scenario yet",
    )


@then("every order of the burst is accepted, announced as PENDING and then as EXECUTED")
def all_are_executed(burst: BurstRecord) -> None:
    """Each order is accepted with an ID of its own, and its two events arrive once and in order."""
    require_all_executed(burst)


@then("the {figure:Figure} execution delay is at most {duration:Duration}")
def is_at_most(
    world: World, contract: Contract, burst: BurstRecord, figure: Figure, duration: float
) -> None:
    """By the server's record, which agrees with the client's clock; a breach is measured twice."""
    require_true_record(burst, world.promise.mean_allowance)
    limit = world.promise.limit(duration)
    require_at_most(
        burst, figure, limit, lambda: measured_burst(world, contract, len(burst.orders))
    )


@then("the execution delays are spread evenly over the promised range")
def are_spread(world: World, burst: BurstRecord) -> None:
    """Mean and standard deviation are those of even draws; a false alarm has odds of 10^-6."""
    require_spread(burst, world.promise)
