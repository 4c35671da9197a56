"""Whether two random times of the same orders have nothing to do with one another."""

import statistics
from collections.abc import Callable, Iterator, Sequence

from perf.promises import largest_correlation
from perf.records import BurstRecord
from step_defs.world.mismatches import ScenarioWrong, TimeWrong
from step_defs.world.world import World

ENOUGH = 20

Pairs = Sequence[tuple[float, float]]


def pairs_of_times(world: World) -> Iterator[tuple[float, float]]:
    """Seconds that each accepted order's response took, and its execution."""
    for placement in world.placements:
        if not placement.rejected:
            yield placement.answer.seconds, world.execution_seconds(placement)


def pairs_of_burst(burst: BurstRecord) -> Iterator[tuple[float, float]]:
    """The same of a burst, each order's execution by the server's record where there is one."""
    for order in burst.orders:
        delay = order.server_delay if order.server_delay is not None else order.execution_delay
        if order.answer_time is not None and delay is not None:
            yield order.answer_time, delay


def require_independent(times: Pairs, again: Callable[[], Pairs]) -> None:
    """The first and the second times of the pairs are not correlated, or not those taken `again`.

    A server that was held up for a while answers late and executes late. Raises ScenarioWrong if
    the first are too few to tell.
    """
    if len(times) < ENOUGH:
        raise ScenarioWrong(
            "Too few orders to tell whether their times are independent",
            expected=f"at least {ENOUGH} accepted orders",
            got=len(times),
        )
    if _depend(times) and _depend(times := again()):
        found, most = _correlation(times), largest_correlation(len(times))
        raise TimeWrong(
            "The execution times depend on the response times",
            expected=f"a correlation of at most {most:.2f}",
            got=f"{found:.2f}",
        )


def _depend(times: Pairs) -> bool:
    return abs(_correlation(times)) > largest_correlation(len(times))


def _correlation(times: Pairs) -> float:
    """Pearson's coefficient; 0 if one of the times is always the same."""
    try:
        return statistics.correlation(*zip(*times, strict=True))
    except statistics.StatisticsError:
        return 0.0
