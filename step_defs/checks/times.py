"""What must hold of the time that answers and executions take."""

import statistics
from collections.abc import Sequence

from driver import Life, Subscription
from perf import mean_bounds
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer
from step_defs.world.mismatches import ScenarioWrong, TimeWrong, about
from step_defs.world.promise import CLOCK_RESOLUTION, Promise
from step_defs.world.selection import Times
from step_defs.world.world import World

ENOUGH = 20
SPREAD = 0.2
"""Of the promised range: 20 random times all lie within so small a part of it less than once in
10^11 runs (the range of n uniform draws is Beta(n-1, 2) distributed)."""

IN_LINE = 2
"""Times longer than one response may take: nothing but other requests takes so long."""

SAME = 0.05
"""Of the promised range: random times come that close once in ten times. Of ten of them, half do
so less than once in 300 runs."""


def times_of(world: World, times: Times) -> list[float]:
    """Seconds that each of the latest answers took, or each execution by the server's clock."""
    if times is Times.ANSWER:
        return [answer.seconds for answer in world.answers]
    with about(None):
        return [world.execution_seconds(placement) for placement in world.placements]


def require_promised(world: World, what: Times) -> None:
    """No time is shorter than promised, none is longer, and they are right on average.

    A single late one may be the machine's fault, so it has what a request may take on its way. If
    that is not enough, the machine's own part is measured, too, before the server is blamed.
    """
    times = times_of(world, what)
    machine = [0.0]
    if broken_promise(times, world.promise):
        machine = _machine_seconds(world, len(times))
    if broken := broken_promise(times, world.promise, machine):
        raise TimeWrong(
            f"The {what} times are not as promised",
            expected=broken,
            got=f"{min(times):.3f} to {max(times):.3f} s, {statistics.fmean(times):.3f} s on "
            f"average: {_listed(times)}",
            rule=rules.IN_PARALLEL if _in_line(what, times, world.promise) else None,
        )


def _in_line(what: Times, times: Sequence[float], promise: Promise) -> bool:
    """Whether the responses took so long that the requests have waited for one another."""
    longest = promise.delay_max + promise.grace
    return what is Times.ANSWER and max(times) > IN_LINE * longest


def broken_promise(
    times: Sequence[float], promise: Promise, machine: Sequence[float] = (0.0,)
) -> str:
    """What was promised, if the times break it; `machine` is what undelayed requests took.

    All are in seconds. What the machine took is counted twice: on the way there and back.
    """
    most = promise.delay_max + promise.transit + 2 * max(machine)
    allowance = promise.mean_allowance + 2 * statistics.fmean(machine)
    bounds = mean_bounds(promise.delay_min, promise.delay_max, len(times), allowance=allowance)
    if (
        min(times) >= promise.delay_min - CLOCK_RESOLUTION
        and max(times) <= most
        and bounds.low - CLOCK_RESOLUTION <= statistics.fmean(times) <= bounds.high
    ):
        return ""
    return (
        f"{promise.delay_min:g} to {promise.delay_max:g} s each (and up to {most:.3f} s on this "
        f"machine), {bounds.low:.3f} to {bounds.high:.3f} s on average"
    )


def _machine_seconds(world: World, count: int) -> list[float]:
    """What so many simultaneous requests take when the server does not delay them."""
    answers = world.ask([world.port.check_health] * count)
    return [answer.seconds for answer in answers]


def require_random(what: Times, times: Sequence[float], promise: Promise) -> None:
    """The times differ as random ones do. Raises ScenarioWrong if too few could tell."""
    if len(times) < ENOUGH:
        raise ScenarioWrong(
            "Too few times to tell whether they are random",
            expected=f"at least {ENOUGH} {what} times",
            got=len(times),
        )
    least = SPREAD * (promise.delay_max - promise.delay_min)
    if max(times) - min(times) < least:
        raise TimeWrong(
            f"The {what} times hardly vary",
            expected=f"times that differ by {least:.3f} s or more",
            got=_listed(times),
        )


def require_same_times(first: Subscription, second: Subscription, promise: Promise) -> None:
    """Two servers executed as many orders after the same delays, in the sequence of the orders."""
    expected = _execution_delays(first)
    second.wait(lambda: len(_execution_delays(second)) >= len(expected), promise.delay_deadline)
    got = _execution_delays(second)
    most = max(SAME * (promise.delay_max - promise.delay_min), CLOCK_RESOLUTION)
    if len(got) != len(expected) or statistics.median(map(_distance, expected, got)) > most:
        raise TimeWrong(
            "The execution delays differ between the servers",
            expected=f"within {most:.3f} s, for half of them: {_sequence(expected)}",
            got=_sequence(got),
        )


def _execution_delays(subscription: Subscription) -> list[float]:
    delays = [life.execution_seconds for life in Life.of_each(subscription.events).values()]
    return [delay for delay in delays if delay is not None]


def _distance(one: float, other: float) -> float:
    return abs(one - other)


def _sequence(times: Sequence[float]) -> str:
    return ", ".join(f"{each:.3f}" for each in times)


def require_side_by_side(answers: Sequence[AnyAnswer], promise: Promise) -> None:
    """When the last of many requests has left, all answers come as soon as one would."""
    took = max(each.received for each in answers) - max(each.sent for each in answers)
    if took > promise.delay_deadline:
        raise TimeWrong(
            f"{len(answers)} simultaneous requests were not served in parallel",
            expected=f"all responses within {promise.delay_deadline:g} s",
            got=f"{took:.3f} s",
        )


def require_at_once(what: str, times: Sequence[float], limit: float) -> None:
    """Most of the times are within `limit`; a busy machine may delay a few."""
    median = statistics.median(times)
    if median > limit:
        raise TimeWrong(
            f"{what} came too late",
            expected=f"within {limit:g} s, at least for half of them",
            got=f"{median:.3f} s: {_listed(times)}",
        )


def _listed(times: Sequence[float]) -> str:
    return _sequence(sorted(times))
