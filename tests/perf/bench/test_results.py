import pytest

from perf.bench.cases import FAN_OUT, PLACE, START, Sample
from perf.bench.results import Goal, Limit, goals, limits, rows
from perf.bench.scale import CROWD, PENDING


def sample(server: str, rate: float, case: str = PLACE.name, p99: float | None = None) -> Sample:
    return Sample(case, server, rate, p99=p99, cpu=1 / rate)


def test_a_row_has_the_median_of_its_rounds() -> None:
    measured = rows([sample("server", rate) for rate in (1.0, 900.0, 4.0)])
    assert [(row.server, row.rate, row.cpu) for row in measured] == [("server", 4.0, 0.25)]


def test_what_a_case_does_not_have_stays_away() -> None:
    assert rows([sample("server", 2.0)])[0].p99 is None


def test_a_goal_is_the_ratio_to_its_baseline() -> None:
    found = list(goals(rows([sample("server", 300.0), sample("bare", 400.0)])))
    assert [goal.ratio for goal in found] == [0.75]
    assert not found[0].reached
    assert not found[0].broken


def test_a_baseline_that_was_not_measured_has_no_goal() -> None:
    assert not list(goals(rows([sample("server", 1.0), sample("raw", 9.0)])))


def test_a_start_is_compared_too() -> None:
    measured = rows([sample("server", 2.0, START), sample("bare", 1.0, START)])
    assert [goal.name for goal in goals(measured)] == ["start, against bare"]


def test_subscribers_may_double_the_slowest_answers() -> None:
    crowded = sample("server", 9.0, FAN_OUT.name, p99=0.02)
    found = list(goals(rows([sample("server", 9.0, p99=0.01), crowded])))
    assert [(goal.ratio, goal.reached) for goal in found] == [(0.5, True)]


@pytest.mark.parametrize(("ratio", "broken"), [(0.49, True), (0.5, False)])
def test_the_guard_is_below_the_goal(ratio: float, broken: bool) -> None:
    assert Goal("speed", ratio, wanted=1.0, guard=0.5).broken is broken


def test_what_has_no_baseline_has_a_limit() -> None:
    measured = rows(
        [
            Sample(START, "server", 1.0, p50=0.7),
            Sample(START, "bare", 1.0, p50=9.0),
            Sample(CROWD, "server", 1.0, memory=65 * 1024),
            Sample(PENDING, "server", 1.0, p50=0.001, p99=0.015),
        ]
    )
    found = {limit.unit: limit for limit in limits(measured)}
    assert {unit: round(each.value, 3) for unit, each in found.items()} == {
        "s": 0.7,
        "KB": 65,
        "ms": 15,
    }
    assert [unit for unit, each in found.items() if not each.reached] == ["KB"]
    assert not any(each.broken for each in found.values())


def test_nothing_measured_has_no_limit() -> None:
    assert not list(limits(rows([sample("server", 1.0)])))


@pytest.mark.parametrize(("value", "broken"), [(500.0, False), (501.0, True)])
def test_the_guard_is_above_the_limit(value: float, broken: bool) -> None:
    assert Limit("lateness", value, "ms", wanted=20, guard=500).broken is broken
