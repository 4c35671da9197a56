"""Steps about the time that the server takes."""

from step_defs.checks.times import (
    require_at_once,
    require_promised,
    require_random,
    require_side_by_side,
    times_of,
)
from step_defs.phrases.vocabulary import then
from step_defs.world.answers import accepted
from step_defs.world.selection import Times
from step_defs.world.world import World


@then("every {times:Times} takes a random time of the promised length")
def takes_as_promised(world: World, times: Times) -> None:
    """Each is within the promised delay (with some grace for the machine), and so is the mean.

    Shortest and longest are further apart than equal delays could ever be.
    """
    require_random(times, times_of(world, times), world.promise)
    require_promised(world, times)


@then("all of them together take no longer than one")
def take_no_longer_than_one(world: World) -> None:
    """Requests at once wait side by side, never in line."""
    exchanges = [answer.exchange for answer in world.answers]
    require_side_by_side(exchanges, world.promise)


@then("the server says at once that it is well")
def says_at_once(world: World) -> None:
    """The server is well, and its answers are not delayed as those about orders are."""
    for answer in world.answers:
        accepted(answer)
    times = [answer.exchange.seconds for answer in world.answers]
    require_at_once("The answers", times, world.promise.transit)
