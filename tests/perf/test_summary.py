import statistics
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf.summary import Distribution, summarise
from tests.perf.samples import executed, random_record, record_of, unanswered

SECONDS = st.lists(st.floats(-100, 100), min_size=2, max_size=50)


def test_a_known_sample() -> None:
    spread = Distribution.of([2, 4, 4, 4, 5, 5, 7, 9])
    assert spread is not None
    assert (spread.count, spread.mean, spread.least, spread.greatest) == (8, 5.0, 2, 9)
    assert spread.deviation == pytest.approx((32 / 7) ** 0.5)
    assert [spread.p50, spread.p90, spread.p99] == pytest.approx([4.5, 7.6, 8.86])


def test_a_single_value_has_no_deviation() -> None:
    assert Distribution.of([0.3]) == Distribution(1, 0.3, 0.0, 0.3, 0.3, 0.3, 0.3, 0.3)


def test_missing_values_do_not_count() -> None:
    assert Distribution.of([None, 1.0, None, 3.0]) == Distribution.of([3.0, 1.0])


@pytest.mark.parametrize("nothing", [[], [None]])
def test_nothing_has_no_distribution(nothing: list[None]) -> None:
    assert Distribution.of(nothing) is None


@given(SECONDS)
def test_percentiles_are_those_of_the_standard_library(values: list[float]) -> None:
    spread = Distribution.of(values)
    assert spread is not None
    expected = statistics.quantiles(values, n=100, method="inclusive")
    assert [spread.p50, spread.p90, spread.p99] == pytest.approx(
        [expected[49], expected[89], expected[98]], abs=1e-9
    )


def test_every_figure_of_a_burst() -> None:
    summary = summarise(
        record_of(
            executed(1, sent=0.0, answered=0.2, delay=0.5),
            executed(2, sent=0.1, answered=0.5, delay=1.5),
        )
    )
    assert (summary.placed, summary.accepted, summary.executed) == (2, 2, 2)
    assert (summary.lost, summary.rejected, summary.unanswered) == (0, 0, 0)
    assert summary.send_window == pytest.approx(0.1)
    assert summary.orders_per_second == pytest.approx(2 / 2.0)
    assert summary.answer_time is not None
    assert summary.answer_time.mean == pytest.approx(0.3)
    assert summary.execution_delay is not None
    assert summary.execution_delay.mean == pytest.approx(1.0)
    assert summary.execution_delay.deviation == pytest.approx(0.5**0.5)


def test_the_error_is_what_is_measured_beyond_the_servers_record() -> None:
    late = replace(executed(1, answered=1.0, delay=1.0), executed_at=2.25)
    summary = summarise(record_of(late))
    assert summary.measuring_error is not None
    assert summary.measuring_error.mean == pytest.approx(0.25)
    assert summary.event_lag is not None
    assert [summary.event_lag.least, summary.event_lag.greatest] == pytest.approx([0.0, 0.25])


def test_orders_are_counted_by_what_became_of_them() -> None:
    lost = replace(executed(1), executed_at=None, executed_occurred=None)
    rejected = replace(lost, reference="order-2", order_id=None)
    summary = summarise(record_of(lost, rejected, unanswered(3), executed(4)))
    assert (summary.placed, summary.accepted, summary.executed) == (4, 2, 1)
    assert (summary.lost, summary.rejected, summary.unanswered) == (1, 1, 1)


def test_a_burst_of_which_nothing_came_has_no_figures() -> None:
    summary = summarise(record_of(unanswered(1)))
    assert summary.execution_delay is None
    assert summary.orders_per_second is None


def test_every_order_is_counted_once() -> None:
    summary = summarise(random_record(30))
    parts = (summary.executed, summary.lost, summary.rejected, summary.unanswered)
    assert parts == (29, 0, 0, 1)
