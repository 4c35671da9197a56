"""What must hold of the time that answers and executions take."""

import statistics
from collections.abc import Callable, Sequence
from functools import partial

from driver import Contract, Life, Subscription
from perf.promises import mean_bounds
from step_defs.checks.executions import executions, measured_again
from step_defs.checks.limits import AVERAGE, require_not_sooner, require_within
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer
from step_defs.world.mismatches import ScenarioWrong, TimeWrong, about
from step_defs.world.promise import CLOCK_RESOLUTION, Promise
from step_defs.world.selection import Times
from step_defs.world.spans import Span, of_answers
from step_defs.world.world import World

SPREAD_SECONDS = 1.0
"""Over how long requests are spread when they are measured once more."""

ENOUGH = 20
SPREAD = 0.2
"""Of the promised range: 20 random times all lie within so small a part of it less than once in
10^11 runs (the range of n uniform draws is Beta(n-1, 2) distributed)."""

IN_LINE = 2
"""Times longer than one response may take: nothing but other requests takes so long."""

SAME = 0.05
"""Of the promised range: random times come that close once in ten times. Of ten of them, half do
so less than once in 300 runs."""

REPEATED = 0.03
"""Of the promised range: random times come that close once in 17 times. Of twenty of them, half do
so less than once in five million runs."""


def spans_of(world: World, what: Times) -> list[Span]:
    """The times of the latest answers, or of all executions by the server's record."""
    with about(None):
        return of_answers(world.answers) if what is Times.ANSWER else executions(world)


def require_promised(world: World, contract: Contract, what: Times) -> None:
    """No time is shorter or longer than promised, and they are right on average."""
    first = spans_of(world, what)
    again = partial(_again, world, contract, what)
    promise = world.promise
    require_not_sooner(f"{what} time", first, promise.delay_min)
    with about(rules.IN_PARALLEL if _in_line(what, first, promise) else None):
        require_within(world, f"{what} time", promise.delay_max, first, again)
    require_mean(world, f"{what} time", first, again)


def require_mean(
    world: World, what: str, spans: Sequence[Span], again: Callable[[], Sequence[Span]]
) -> None:
    """The times are on average what random ones are, but once in a million runs."""
    promise = world.promise
    bounds = mean_bounds(promise.delay_min, promise.delay_max, len(spans))
    mean = statistics.fmean(each.seconds for each in spans)
    if mean < bounds.low - CLOCK_RESOLUTION:
        raise TimeWrong(
            f"The average {what} is too short",
            expected=f"at least {bounds.low:.3f} s",
            got=f"{mean:.3f} s: {_listed([each.seconds for each in spans])}",
        )
    require_within(world, what, bounds.high, spans, again, figure=AVERAGE)


def _in_line(what: Times, spans: Sequence[Span], promise: Promise) -> bool:
    """Whether the responses took so long that the requests have waited for one another."""
    longest = promise.delay_max + promise.grace
    return what is Times.ANSWER and max(each.seconds for each in spans) > IN_LINE * longest


def _again(world: World, contract: Contract, what: Times) -> list[Span]:
    """The same once more. Requests are spread: together they would wait for each other."""
    if what is Times.EXECUTION:
        return measured_again(world, contract)
    return of_answers(world.ask(world.again(), over=world.promise.scaled(SPREAD_SECONDS)))


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
    expected, got = _both_times(first, second, promise)
    most = max(SAME * (promise.delay_max - promise.delay_min), CLOCK_RESOLUTION)
    if len(got) != len(expected) or statistics.median(map(_distance, expected, got)) > most:
        raise TimeWrong(
            "The execution delays differ between the servers",
            expected=f"within {most:.3f} s, for half of them: {_sequence(expected)}",
            got=_sequence(got),
        )


def require_other_times(first: Subscription, second: Subscription, promise: Promise) -> None:
    """Two servers executed as many orders after delays that have nothing to do with each other.

    Raises ScenarioWrong if too few could tell.
    """
    before, after = _both_times(first, second, promise)
    if len(before) < ENOUGH:
        raise ScenarioWrong(
            "Too few orders to tell whether their delays repeat",
            expected=f"at least {ENOUGH} executed orders on each server",
            got=len(before),
        )
    least = REPEATED * (promise.delay_max - promise.delay_min)
    if len(after) != len(before) or statistics.median(map(_distance, before, after)) <= least:
        raise TimeWrong(
            "The execution delays are the same on both servers",
            expected=f"more than {least:.3f} s apart, for half of them: {_sequence(before)}",
            got=_sequence(after),
        )


def _both_times(
    first: Subscription, second: Subscription, promise: Promise
) -> tuple[list[float], list[float]]:
    """The execution delays of the first server's orders, and those of as many of the second's."""
    before = _execution_delays(first)
    second.wait(lambda: len(_execution_delays(second)) >= len(before), promise.delay_deadline)
    return before, _execution_delays(second)


def _execution_delays(subscription: Subscription) -> list[float]:
    delays = [life.execution_seconds for life in Life.of_each(subscription.events).values()]
    return [delay for delay in delays if delay is not None]


def _distance(one: float, other: float) -> float:
    return abs(one - other)


def _sequence(times: Sequence[float]) -> str:
    return ", ".join(f"{each:.3f}" for each in times)


def require_side_by_side(world: World) -> None:
    """When the last of many requests has left, all answers come as soon as one would."""
    what = f"time of {len(world.answers)} simultaneous requests"
    first, limit = _together(world.answers), world.promise.delay_max
    require_within(world, what, limit, [first], lambda: [_together(world.ask(world.again()))])


def _together(answers: Sequence[AnyAnswer]) -> Span:
    return Span.between(max(each.sent for each in answers), max(each.received for each in answers))


def _listed(times: Sequence[float]) -> str:
    return _sequence(sorted(times))
