import math
import random
import statistics
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf.promises import FALSE_ALARM, Bounds, deviation_bounds, largest_correlation, mean_bounds

LOW, HIGH = 0.1, 1.0
EVEN_DEVIATION = (HIGH - LOW) / 12**0.5
COUNTS = st.integers(2, 100_000)

Sample = Callable[[random.Random, int], list[float]]


def even(source: random.Random, count: int) -> list[float]:
    return [source.uniform(LOW, HIGH) for _ in range(count)]


def constant(_: random.Random, count: int) -> list[float]:
    return [(LOW + HIGH) / 2] * count


def too_slow(source: random.Random, count: int) -> list[float]:
    return [source.uniform(2 * LOW, 2 * HIGH) for _ in range(count)]


def too_fast(source: random.Random, count: int) -> list[float]:
    return [source.uniform(LOW / 2, HIGH / 2) for _ in range(count)]


def one_after_another(source: random.Random, count: int) -> list[float]:
    total, waits = 0.0, []
    for delay in even(source, count):
        total += delay
        waits.append(total)
    return waits


def only_the_extremes(source: random.Random, count: int) -> list[float]:
    return [source.choice([LOW, HIGH]) for _ in range(count)]


def kept(sample: list[float], allowance: float = 0.0) -> bool:
    count = len(sample)
    mean, deviation = statistics.fmean(sample), statistics.stdev(sample)
    return mean in mean_bounds(
        LOW, HIGH, count, allowance=allowance
    ) and deviation in deviation_bounds(LOW, HIGH, count, allowance=allowance)


@pytest.mark.parametrize("count", [2, 10, 100, 1000])
def test_even_delays_keep_the_promise_every_time(count: int) -> None:
    source = random.Random(count)
    assert all(kept(even(source, count)) for _ in range(200))


@pytest.mark.parametrize(
    "wrong", [constant, too_slow, too_fast, one_after_another, only_the_extremes]
)
def test_a_hundred_wrong_delays_break_it_every_time(wrong: Sample) -> None:
    source = random.Random(1)
    assert not any(kept(wrong(source, 100)) for _ in range(100))


def test_delays_within_the_allowance_keep_it() -> None:
    source = random.Random(3)
    for _ in range(50):
        late = [delay + source.uniform(0, 0.05) for delay in even(source, 2000)]
        assert kept(late, allowance=0.05)


@given(COUNTS)
def test_the_expected_values_keep_it(count: int) -> None:
    assert (LOW + HIGH) / 2 in mean_bounds(LOW, HIGH, count)
    assert EVEN_DEVIATION in deviation_bounds(LOW, HIGH, count)


@given(COUNTS, st.integers(1, 1000))
def test_more_orders_narrow_it(count: int, more: int) -> None:
    for bounds in (mean_bounds, deviation_bounds):
        few, many = bounds(LOW, HIGH, count), bounds(LOW, HIGH, count + more)
        assert few.low <= many.low
        assert many.high <= few.high


@given(COUNTS, st.floats(0.01, 100))
def test_it_scales_with_the_promised_range(count: int, factor: float) -> None:
    for bounds in (mean_bounds, deviation_bounds):
        one, scaled = bounds(LOW, HIGH, count), bounds(factor * LOW, factor * HIGH, count)
        assert [scaled.low, scaled.high] == pytest.approx([factor * one.low, factor * one.high])


@pytest.mark.parametrize("count", [12, 16, 20, 40])
def test_the_chance_of_a_false_alarm_by_the_mean_is_below_one_in_a_million(count: int) -> None:
    mean = mean_bounds(0, 1, count)
    assert 0 < 2 * irwin_hall(Fraction(mean.low) * count, count) < FALSE_ALARM


def irwin_hall(total: Fraction, count: int) -> Fraction:
    """The chance that so many even draws from [0, 1] sum to `total` at most, exactly."""
    terms = ((-1) ** k * math.comb(count, k) * (total - k) ** count for k in range(int(total) + 1))
    return sum(terms, Fraction(0)) / math.factorial(count)


def test_a_constant_delay_that_is_promised_is_kept() -> None:
    assert mean_bounds(0.5, 0.5, 100) == Bounds(0.5, 0.5)
    assert deviation_bounds(0.5, 0.5, 100) == Bounds(0.0, 0.0)


def test_the_figures_for_a_hundred_orders() -> None:
    mean, deviation = mean_bounds(LOW, HIGH, 100), deviation_bounds(LOW, HIGH, 100)
    assert [mean.low, mean.high] == pytest.approx([0.407, 0.693], abs=0.001)
    assert [deviation.low, deviation.high] == pytest.approx([0.101, 0.331], abs=0.001)


@pytest.mark.parametrize("count", [20, 40, 100])
def test_independent_delays_are_hardly_correlated(count: int) -> None:
    source = random.Random(count)
    pairs = [(even(source, count), even(source, count)) for _ in range(2000)]
    largest = max(abs(statistics.correlation(*each)) for each in pairs)
    # Of 2000 draws the largest lies at 3.5 standard deviations, the bound at 4.9.
    assert 0.5 * largest_correlation(count) < largest < largest_correlation(count)


def test_the_bound_of_a_correlation_is_below_any_dependence() -> None:
    assert largest_correlation(20) < 0.9
    assert largest_correlation(40) == pytest.approx(0.667, abs=0.001)
