"""Steps about response times and execution delays."""

from collections.abc import Iterable
from functools import partial

from bdd import Thing, story
from driver import Contract, Means
from step_defs.checks.executions import SAMPLE, measured_burst
from step_defs.checks.immediately import require_answered_at_once
from step_defs.checks.independence import (
    pairs_of_burst,
    pairs_of_times,
    require_independent,
)
from step_defs.checks.times import (
    ENOUGH,
    require_promised,
    require_random,
    require_side_by_side,
    spans_of,
)
from step_defs.phrases import then, things
from step_defs.world.answers import accepted
from step_defs.world.selection import Times
from step_defs.world.world import World


def _enough(times: Times, **_: object) -> Iterable[Thing]:
    needed = things.executions if times is Times.EXECUTION else partial(things.latest, "")
    return needed(ENOUGH)()


@then("every {times:Times} takes a random time within the promised range")
@story(needs=_enough)
def takes_as_promised(world: World, contract: Contract, times: Times) -> None:
    """Each is within the promised delay, the machine's part taken off, and so is the mean.

    A server that promises other delays is held to those. Shortest and longest are further apart
    than equal delays could ever be.
    """
    world.need(Means.MEASURED_TIMES)
    seconds = [each.seconds for each in spans_of(world, times)]
    require_random(times, seconds, world.promise)
    require_promised(world, contract, times)


@then("the execution times are independent of the response times")
@story(needs=things.executions(ENOUGH))
def are_independent(world: World, contract: Contract) -> None:
    """Orders with a quick response are executed neither sooner nor later than the others.

    If they seem to be, further orders must seem so too, alone on the machine; each look has odds
    of 10^-6 to be wrong.
    """
    world.need(Means.MEASURED_TIMES)

    def again() -> list[tuple[float, float]]:
        return list(pairs_of_burst(measured_burst(world, contract, SAMPLE)))

    require_independent(list(pairs_of_times(world)), partial(world.alone, again))


@then("the requests are served in parallel")
@story(needs=things.latest(""))
def take_no_longer_than_one(world: World) -> None:
    """The latest requests together take no longer than one of them may."""
    world.need(Means.MEASURED_TIMES)
    require_side_by_side(world)


@then("the health check passes immediately")
def says_at_once(world: World) -> None:
    """The server reports that it is healthy, without the delay of requests about orders."""
    for answer in world.answers:
        accepted(answer)
    require_answered_at_once(world)
