"""Whether two random times of the same orders have nothing to do with one another."""

import statistics
from collections.abc import Iterator, Sequence

from perf import largest_correlation
from step_defs.world.mismatches import ScenarioWrong, TimeWrong
from step_defs.world.world import World

ENOUGH = 20


def pairs_of_times(world: World) -> Iterator[tuple[float, float]]:
    """Seconds that each accepted order's response took, and its execution."""
    for placement in world.placements:
        if not placement.rejected:
            yield placement.answer.seconds, world.execution_seconds(placement)


def require_independent(times: Sequence[tuple[float, float]]) -> None:
    """The first and the second times of the pairs are not correlated.

    Raises ScenarioWrong if they are too few to tell.
    """
    if len(times) < ENOUGH:
        raise ScenarioWrong(
            "Too few orders to tell whether their times are independent",
            expected=f"at least {ENOUGH} accepted orders",
            got=len(times),
        )
    found, most = _correlation(times), largest_correlation(len(times))
    if abs(found) > most:
        raise TimeWrong(
            "The execution times depend on the response times",
            expected=f"a correlation of at most {most:.2f}",
            got=f"{found:.2f}",
        )


def _correlation(times: Sequence[tuple[float, float]]) -> float:
    """Pearson's coefficient; 0 if one of the times is always the same."""
    try:
        return statistics.correlation(*zip(*times, strict=True))
    except statistics.StatisticsError:
        return 0.0
