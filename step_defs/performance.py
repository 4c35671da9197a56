"""Steps about many orders at the same time, measured."""

import pytest

import perf
from bdd import announce, attach
from perf import BurstRecord
from step_defs.checks.bursts import (
    Figure,
    require_all_executed,
    require_at_most,
    require_spread,
)
from step_defs.phrases.vocabulary import then, when
from step_defs.world.mismatches import ScenarioWrong
from step_defs.world.world import World


@when("the trader places a burst of {count:Count} orders", target_fixture="burst")
def place_burst(world: World, count: int) -> BurstRecord:
    """Places all orders at the same moment, follows them to their execution, reports all metrics.

    Connections are open and the events are followed before the first order is sent. The metrics
    are printed whether or not a promise is broken.
    """
    record = perf.burst(world.base_url, count, patience=world.promise.delay_deadline)
    announce(f"Performance of {count} orders at the same time", perf.table(perf.summarise(record)))
    attach("Execution delays and answer times", perf.chart_svg(record), "image/svg+xml")
    attach("Times of every order", perf.csv_text(record), "text/csv")
    return record


@pytest.fixture
def burst() -> BurstRecord:
    """The latest burst, once a step has placed one."""
    raise ScenarioWrong(
        "The step speaks of a burst",
        expected="a step before it that places a burst of orders",
        got="no burst in this scenario yet",
    )


@then("every order of the burst is accepted, announced as PENDING and then as EXECUTED")
def all_are_executed(burst: BurstRecord) -> None:
    """Each answer is right and its order new, and its two events arrive once and in order."""
    require_all_executed(burst)


@then("the {figure:Figure} execution delay is at most {duration:Duration}")
def is_at_most(world: World, burst: BurstRecord, figure: Figure, duration: float) -> None:
    """The longest delay is allowed the whole grace for the machine, the average an eighth."""
    require_at_most(burst, figure, world.promise, duration)


@then("the execution delays are spread as random ones between the promised limits")
def are_spread(world: World, burst: BurstRecord) -> None:
    """Mean and standard deviation are those of even draws; by chance they miss once in 10^6."""
    require_spread(burst, world.promise)
