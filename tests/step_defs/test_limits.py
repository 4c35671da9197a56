"""Grace never lets a time pass: what is measured is compared with the limit itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from perf import BurstRecord, OrderRecord
from step_defs.checks.bursts import Figure, require_at_most
from step_defs.checks.limits import Measured, longest, require_true_record, require_within
from step_defs.world.mismatches import ContractBroken, TimeWrong

MACHINE = 0.03
"""What the client's clock adds to each recorded delay below."""


def burst(delays: Sequence[float], seen: float = MACHINE) -> BurstRecord:
    orders = tuple(
        OrderRecord(f"R{number}", f"id-{number}", 0, 1, 1, 1 + each + seen, 1, 1 + each, ())
        for number, each in enumerate(delays)
    )
    return BurstRecord("http://127.0.0.1:1", datetime.now(UTC), orders)


def test_the_longest_delay_is_the_recorded_one_and_the_machine_has_its_part() -> None:
    measured = longest(burst([0.5, 0.9]))
    assert measured.seconds == pytest.approx(0.9)
    assert measured.machine == pytest.approx(MACHINE)


@pytest.mark.parametrize(("figure", "limit"), [(Figure.LONGEST, 1.0), (Figure.AVERAGE, 0.75)])
def test_a_delay_over_the_limit_and_the_machines_part_is_a_breach(
    figure: Figure, limit: float
) -> None:
    within, over = burst([limit + 0.02] * 2), burst([limit + 0.04] * 2)
    require_at_most(within, figure, limit, lambda: over)
    with pytest.raises(TimeWrong, match=f"The {figure} execution delay is too long"):
        require_at_most(over, figure, limit, lambda: over)


def test_a_breach_that_does_not_show_again_is_the_machines() -> None:
    require_within("It", Measured(1.2, 0.02), 1.0, lambda: Measured(1.01, 0.02))
    with pytest.raises(TimeWrong, match=r"measured 1\.100 s, limit 1\.000 s"):
        require_within("It", Measured(1.2, 0.02), 1.0, lambda: Measured(1.1, 0.02))


def test_an_impossible_limit_fails_with_the_measured_value() -> None:
    with pytest.raises(TimeWrong, match=r"measured 0\.500 s, limit 0\.010 s"):
        require_within("It", Measured(0.4, 0.02), 0.01, lambda: Measured(0.5, 0.02))


def test_records_that_the_client_does_not_see_are_told() -> None:
    require_true_record(burst([0.5, 0.9]), 0.125)
    with pytest.raises(TimeWrong, match="not those at which the events arrived"):
        require_true_record(burst([0.5, 0.9], seen=0.4), 0.125)


def test_without_an_execution_there_is_nothing_to_measure() -> None:
    with pytest.raises(ContractBroken, match="nothing to measure"):
        longest(burst([]))
