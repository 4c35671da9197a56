"""What must hold of a burst of orders, and of many execution delays together."""

from collections.abc import Sequence

from bdd import Rule
from perf.promises import deviation_bounds, mean_bounds
from perf.records import BurstRecord, Outcome
from perf.summary import Distribution
from step_defs.checks.limits import AVERAGE, LONGEST
from step_defs.world import rules
from step_defs.world.mismatches import ContractBroken, EventsWrong, TimeWrong
from step_defs.world.promise import Promise
from step_defs.world.second_look import is_executed
from step_defs.world.spans import Measured
from step_defs.world.world import World

FIGURES = {figure.name: figure for figure in (AVERAGE, LONGEST)}


def require_all_executed(world: World, burst: BurstRecord) -> None:
    """Every order was answered as promised, and announced as PENDING and then as EXECUTED."""
    if burst.problems:
        rule = _rule_against(world, burst)
        kind = EventsWrong if rule is rules.STATUS_SEQUENCE else ContractBroken
        raise kind(
            "The burst did not go as promised",
            expected=f"{len(burst.orders)} orders accepted, announced and executed",
            got="\n".join(burst.problems),
            rule=rule,
        )


def _rule_against(world: World, burst: BurstRecord) -> Rule | None:
    """The promise that is broken, if it is not that of the scenario."""
    order_ids = [each.order_id for each in burst.orders if each.order_id is not None]
    if len(set(order_ids)) < len(order_ids):
        return rules.OWN_ID
    if any(each.in_disorder for each in burst.orders):
        return rules.STATUS_SEQUENCE
    lost = [each for each in burst.orders if each.outcome is Outcome.LOST and each.order_id]
    if lost and all(is_executed(world.port, str(each.order_id)) for each in lost):
        return rules.STATUS_SEQUENCE
    return None


def require_spread(times: Sequence[Measured], promise: Promise) -> None:
    """Mean and standard deviation of the execution delays are those of the promised draws."""
    delays = Distribution.of(each.seconds for each in times)
    if delays is None or delays.count < 2:  # noqa: PLR2004 - a spread needs two
        raise ContractBroken(
            "There is nothing to measure", expected="executed orders", got="at most one"
        )
    drawn = (promise.delay_min, promise.delay_max, delays.count)
    allowance = AVERAGE.of(times).machine
    mean = mean_bounds(*drawn, allowance=allowance)
    deviation = deviation_bounds(*drawn, allowance=allowance)
    if delays.mean not in mean or delays.deviation not in deviation:
        raise TimeWrong(
            "The execution delays are not spread as promised",
            expected=f"a mean of {mean.low:.3f} to {mean.high:.3f} s and a standard deviation of "
            f"{deviation.low:.3f} to {deviation.high:.3f} s",
            got=f"a mean of {delays.mean:.3f} s and a standard deviation of "
            f"{delays.deviation:.3f} s",
            rule=rules.RANDOM_EXECUTION,
        )
