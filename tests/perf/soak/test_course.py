"""What counts as flat."""

import pytest

from perf.soak.course import Reading, Window, bytes_per_order, findings, windows
from perf.soak.traders import Call

SECONDS = 60


def course(p99: list[float], memory: list[int]) -> list[Window]:
    return [
        Window(10.0 * number, 100, 0.001, late, held, 100 * number)
        for number, (late, held) in enumerate(zip(p99, memory, strict=True), 1)
    ]


def test_a_window_has_the_answers_of_its_time() -> None:
    calls = [Call(at / 10, 0.01 if at < 10 else 0.03) for at in range(20)]
    readings = [Reading(0.0, 5, 0), Reading(1.0, 6, 10), Reading(2.0, 7, 20)]
    first, second = windows(calls, readings)
    assert (first.answers, first.p50, first.memory, first.orders) == (10, 0.01, 6, 10)
    assert (second.p50, second.p99, second.end) == (0.03, 0.03, 2.0)


def test_a_window_without_an_answer_is_left_out() -> None:
    assert not windows([], [Reading(0.0, 5, 0), Reading(1.0, 6, 10)])


def test_what_is_kept_of_orders_may_grow() -> None:
    flat = course([0.01] * SECONDS, [50_000_000 + 100_000 * number for number in range(SECONDS)])
    assert not list(findings(flat))
    assert bytes_per_order(flat) == pytest.approx(1000)


def test_a_leak_is_told() -> None:
    leaking = course([0.01] * SECONDS, [300_000 * number for number in range(SECONDS)])
    assert list(findings(leaking)) == [
        "memory grew by 3,000 bytes for each order, more than is kept of one"
    ]


def test_answers_that_get_slower_are_told() -> None:
    slower = course([0.01 + 0.001 * number for number in range(SECONDS)], [1] * SECONDS)
    (finding,) = findings(slower)
    assert finding.startswith("the slowest answers went from")


def test_one_slow_window_is_no_trend() -> None:
    assert not list(findings(course([0.01] * 50 + [0.5] + [0.01] * 9, [1] * SECONDS)))
