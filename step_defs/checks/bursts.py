"""What must hold of a burst of orders."""

from collections.abc import Callable
from enum import StrEnum

from perf import BurstRecord, Distribution, deviation_bounds, mean_bounds, summarise
from step_defs.checks.limits import average, longest, require_within
from step_defs.world import rules
from step_defs.world.mismatches import ContractBroken, TimeWrong
from step_defs.world.promise import Promise


class Figure(StrEnum):
    """What is told of many execution delays."""

    AVERAGE = "average"
    LONGEST = "longest"


_FIGURES = {Figure.AVERAGE: average, Figure.LONGEST: longest}


def require_all_executed(burst: BurstRecord) -> None:
    """Every order was answered as promised, and announced as PENDING and then as EXECUTED."""
    if burst.problems:
        raise ContractBroken(
            "The burst did not go as promised",
            expected=f"{len(burst.orders)} orders accepted, announced and executed",
            got="\n".join(burst.problems),
        )


def require_at_most(
    burst: BurstRecord, figure: Figure, limit: float, again: Callable[[], BurstRecord]
) -> None:
    """The average or the longest execution delay is at most `limit` seconds."""
    measure = _FIGURES[figure]
    what = f"The {figure} execution delay"
    require_within(what, measure(burst), limit, lambda: measure(again()))


def require_spread(burst: BurstRecord, promise: Promise) -> None:
    """Mean and standard deviation of the execution delays are those of the promised draws."""
    delays = execution_delays(burst)
    drawn = (promise.delay_min, promise.delay_max, delays.count)
    mean = mean_bounds(*drawn, allowance=promise.mean_allowance)
    deviation = deviation_bounds(*drawn, allowance=promise.mean_allowance)
    if delays.mean not in mean or delays.deviation not in deviation:
        raise TimeWrong(
            "The execution delays are not spread as promised",
            expected=f"a mean of {mean.low:.3f} to {mean.high:.3f} s and a standard deviation of "
            f"{deviation.low:.3f} to {deviation.high:.3f} s",
            got=f"a mean of {delays.mean:.3f} s and a standard deviation of "
            f"{delays.deviation:.3f} s",
            rule=rules.RANDOM_EXECUTION,
        )


def execution_delays(burst: BurstRecord) -> Distribution:
    """How the execution delays are spread. Raises ContractBroken if no order was executed."""
    delays = summarise(burst).execution_delay
    if delays is None or delays.count < 2:  # noqa: PLR2004 - a spread needs two
        raise ContractBroken(
            "There is nothing to measure", expected="executed orders", got="at most one"
        )
    return delays
