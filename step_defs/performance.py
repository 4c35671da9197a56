"""Steps about the execution delays of many orders, measured."""

from bdd import announce, attach, story
from driver import Contract, Means
from perf.chart import chart_svg
from perf.files import csv_text
from perf.report import table
from perf.summary import summarise
from step_defs.checks.bursts import require_all_executed, require_spread
from step_defs.checks.executions import executions, measured_burst, require_executed_within
from step_defs.checks.limits import Figure, require_not_sooner, share
from step_defs.phrases import then, things, when
from step_defs.world import rules
from step_defs.world.mismatches import ContractBroken, ScenarioWrong, about
from step_defs.world.spans import measured
from step_defs.world.world import World


@when("the trader places a burst of {count:Count} orders")
@story(gives=things.burst)
def place_burst(world: World, contract: Contract, count: int) -> None:
    """Places all orders at the same moment, tracks them to execution, reports all metrics.

    All connections are open and subscribed before the first order is sent. The metrics
    are printed whether or not a promise is broken.
    """
    world.need(Means.MEASURED_TIMES)
    with world.machine.watched():
        record = world.burst = measured_burst(world, contract, count)
    announce(f"Performance of {count} orders at the same time", table(summarise(record)))
    attach("Execution delays and answer times", chart_svg(record), "image/svg+xml")
    attach("Times of every order", csv_text(record), "text/csv")


@when("the trader places {count:Count} orders over {connections:Count} connections")
def place_steadily(world: World, contract: Contract, count: int, connections: int) -> None:
    """Places them one after the other on each connection; each is accepted. Nothing is measured."""
    from perf import steady  # noqa: PLC0415 - few scenarios need what takes long to import

    patience = world.promise.answer_timeout
    findings = steady.place_steadily(
        world.base_url, contract, count, connections, patience=patience
    )
    if findings:
        raise ContractBroken(
            "An order was not accepted as promised",
            expected=f"{count} accepted orders",
            got="\n".join(findings[:10]),
        )


@then("every order of the burst is accepted, announced as PENDING and then as EXECUTED")
@story(needs=things.a_burst)
def all_are_executed(world: World) -> None:
    """Each order is accepted with an ID of its own, and its two events arrive once and in order."""
    if world.burst is None:
        raise ScenarioWrong(
            "The step refers to a burst",
            expected="a step before it that places a burst of orders",
            got="no burst in this scenario yet",
        )
    require_all_executed(world, world.burst)


@then("the {figure:Figure} execution delay is at most {duration:Duration}")
@story(needs=things.executions(1))
def is_at_most(world: World, contract: Contract, figure: Figure, duration: float) -> None:
    """Of the burst, or else of all orders; by the server's record, which the client's clock checks.

    A breach is measured again, alone on the machine, before the server is blamed.
    """
    limit = world.promise.limit(duration)
    require_executed_within(world, contract, executions(world), limit, figure)


@then("{count:Count} of {total:Count} orders are executed within {duration:Duration}")
@story(needs=things.executions(1))
def share_is_executed(
    world: World, contract: Contract, count: int, total: int, duration: float
) -> None:
    """So many of all orders of the scenario, or of its burst, have at most this execution delay."""
    spans = executions(world)
    if len(spans) != total or count > total:
        raise ScenarioWrong(
            f"The step speaks of {count} of {total} orders",
            expected=f"{total} executed orders, and at most so many of them",
            got=f"{len(spans)} executed orders",
        )
    limit = world.promise.limit(duration)
    require_executed_within(world, contract, spans, limit, share(count, total))


@then("no order is executed sooner than {duration:Duration} after its acceptance")
@story(needs=things.executions(1))
def none_is_executed_sooner(world: World, duration: float) -> None:
    """No order of the scenario, or of its burst, has a shorter execution delay."""
    with about(rules.RANDOM_EXECUTION):
        require_not_sooner("execution delay", executions(world), world.promise.limit(duration))


@then("the execution delays are spread evenly over the promised range")
def are_spread(world: World) -> None:
    """Mean and standard deviation are those of even draws; a false alarm has odds of 10^-6."""
    require_spread(measured(executions(world), world.machine), world.promise)
