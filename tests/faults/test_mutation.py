"""Mutants are made, tried and told as they should be."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mutmut.mutation.file_mutation import create_mutations

from driver.server_process import ServerDidNotStart
from faults.fault import EVERYTHING, REPLICAS, ScenarioSet
from faults.mutation import excuses as excuses_module
from faults.mutation import trials
from faults.mutation.__main__ import Trials
from faults.mutation.excuses import NoSuchMutant, excuse_of, excuses, require_all_used
from faults.mutation.kept import Kept
from faults.mutation.mutants import DOCUMENTS, SENTENCES, Mutant, all_mutants, left_out, sample
from faults.mutation.plan import FIRST, plan, quick_plan
from faults.mutation.report import Summary, as_markdown, in_one_line
from faults.mutation.trials import Outcome, Result, try_mutant
from faults.mutation.warm import quickest_run
from faults.trial import NO_SCENARIO_RAN, ROOT, Failure, Trial

RULES = """\
def most(count: int) -> int:
    if count > 9:
        raise ValueError("there are too many")
    return count + 1


shown = Field(alias="n", description="Number", maximum=3)
"""
FAILURE = Failure(
    "placing_orders: Nothing is bought", "It was | bought", "features/placing_orders.feature:3"
)
FAILED = Trial((FAILURE.scenario,), (FAILURE,))
PASSED = Trial(("a: passes",))


@pytest.fixture
def mutants(tmp_path: Path) -> list[Mutant]:
    for path in ("rules.py", "__init__.py", "edges/openapi.py", "page/serving.py"):
        file = tmp_path / "app" / path
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(RULES, encoding="utf-8")
    return all_mutants(tmp_path)


def test_a_mutant_is_the_module_with_one_change(mutants: list[Mutant]) -> None:
    changes = [each.change for each in mutants]
    assert "app/rules.py, most\n- if count > 9:\n+ if count >= 9:" in changes
    assert "app/rules.py, most\n- if count > 9:\n+ if count > 10:" in changes
    assert all(each.source != RULES for each in mutants)
    assert len(set(changes)) == len(changes)


def test_what_is_said_to_people_and_what_only_describes_is_left_alone(
    mutants: list[Mutant],
) -> None:
    assert {each.path for each in mutants} == {"app/rules.py"}
    assert not [each for each in mutants if "TOO MANY" in each.source]
    changed = [each.source for each in mutants if 'shown = Field(alias="n",' not in each.source]
    assert changed
    assert all('description="Number"' in each.source for each in mutants if "Field" in each.source)
    assert [each for each in mutants if "maximum=4" in each.source]


def test_what_is_left_out_is_counted(tmp_path: Path, mutants: list[Mutant]) -> None:
    counts = left_out(tmp_path)
    assert set(counts) == {"`app/page/`", DOCUMENTS, SENTENCES}
    module = len(create_mutations("app/rules.py", RULES)[1])
    assert counts["`app/page/`"] == module
    assert sum(counts.values()) + len(mutants) == 4 * module


def test_mutants_are_numbered_and_drawn_by_seed(mutants: list[Mutant]) -> None:
    assert [each.number for each in mutants] == list(range(1, len(mutants) + 1))
    assert sample(mutants, 5, 1)[:3] == sample(mutants, 3, 1)
    assert len(sample(mutants, 3, 1)) == 3
    assert sample(mutants, 3, 2) != sample(mutants, 3, 1)
    assert set(sample(mutants, 1000, 1)) == set(mutants)


def test_the_server_has_mutants() -> None:
    mutants = all_mutants(ROOT)
    assert len(mutants) > 1000
    drawn = sample(mutants, 5, 1)
    assert all(f"{each.path}, {each.function}\n" in each.change for each in drawn)


def run_with(
    monkeypatch: pytest.MonkeyPatch, mutant: Mutant, *outcomes: Trial | Exception
) -> tuple[Result, list[ScenarioSet | str]]:
    """Tries a mutant; the features find these one after the other, and then nothing."""
    left, tried = list(outcomes), list[ScenarioSet | str]()

    @contextmanager
    def running(script: Path, _: object) -> Iterator[str]:
        changed = script.parent / mutant.path
        assert changed.read_text(encoding="utf-8") == mutant.source
        if left and isinstance(left[0], Exception):
            raise left[0]
        yield "http://127.0.0.1:1"

    def examine(
        _: Path, __: str, selection: ScenarioSet, options: tuple[str, ...], ___: object
    ) -> Trial:
        tried.append(selection if selection.features else options[0])
        found = left.pop(0) if left else PASSED
        assert isinstance(found, Trial)
        return found

    monkeypatch.setattr(trials, "running", running)
    monkeypatch.setattr(trials, "examine", examine)
    return try_mutant(mutant), tried


def test_the_first_failure_that_shows_again_alone_ends_the_trial(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    result, tried = run_with(monkeypatch, mutants[0], PASSED, FAILED, FAILED)
    assert (result.outcome, result.scenario) == (Outcome.NOTICED, FAILURE.scenario)
    assert tried[-1] == FAILURE.place
    assert len(tried) == 3


def test_no_machine_is_so_busy_that_an_answer_breaks_the_contract(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    broken = Trial(("a: b",), (Failure("a: b", "It has no body (Contract violation)"),))
    result, tried = run_with(monkeypatch, mutants[0], broken)
    assert result.outcome is Outcome.NOTICED
    assert len(tried) == 1


def test_a_failure_that_does_not_show_again_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    result, tried = run_with(monkeypatch, mutants[0], FAILED, PASSED)
    assert result.outcome is Outcome.SURVIVED
    assert tried.count(FAILURE.place) == 1
    assert len(tried) == len(EVERYTHING) + 1


def test_a_run_that_stopped_at_failures_which_prove_nothing_is_repeated(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    stopped = Trial((FAILURE.scenario,), (FAILURE,) * 3)
    result, tried = run_with(monkeypatch, mutants[0], stopped, PASSED, PASSED, PASSED)
    assert result.outcome is Outcome.SURVIVED
    assert tried[0] == tried[4]
    assert len(tried) == len(EVERYTHING) + 4


def test_a_mutant_survives_all_scenarios_or_does_not_start_or_end(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    result, tried = run_with(monkeypatch, mutants[0])
    assert result.outcome is Outcome.SURVIVED
    assert len(tried) == len(EVERYTHING)
    result, _ = run_with(monkeypatch, mutants[0], ServerDidNotStart("no"))
    assert result.outcome is Outcome.NO_START
    result, _ = run_with(monkeypatch, mutants[0], Trial(trouble=f"{NO_SCENARIO_RAN}: no answer"))
    assert result.outcome is Outcome.NO_START
    result, _ = run_with(monkeypatch, mutants[0], Trial(trouble="no end"))
    assert result.outcome is Outcome.NO_END


def test_nothing_is_promised_of_some_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    metrics = [each for each in all_mutants(ROOT) if each.path == "app/edges/metrics.py"]
    result, tried = run_with(monkeypatch, metrics[0], FAILED)
    assert result.outcome is Outcome.EXCUSED
    assert "/metrics" in result.message
    assert not tried


def test_every_feature_that_is_asked_first_exists() -> None:
    known = {file.stem for file in (ROOT / "features").glob("*.feature")}
    assert {name for names in FIRST.values() for name in names} <= known
    assert all(list(ROOT.glob(f"{module}*")) for module in FIRST)


def test_what_costs_much_is_asked_first_only_where_it_is_likely_to_notice() -> None:
    assert {each.marks for each in quick_plan("app/edges/queries.py")} <= {
        "not own_server and not slow",
        "own_server",
        "slow",  # a page of 500 orders
    }
    assert max(each.delays[1] for each in quick_plan("app/wiring.py")) < 1
    assert max(each.delays[1] for each in quick_plan("app/delays.py")) == 1
    assert "own_server" in {each.marks for each in quick_plan("app/settings.py")}


@pytest.mark.parametrize("path", ["app/settings.py", "app/edges/queries.py", "app/wiring.py"])
def test_a_plan_holds_every_scenario_and_begins_with_what_is_likely_to_notice(path: str) -> None:
    sets = [each for each in plan(path) if each != REPLICAS]
    assert {(frozenset(each.features), each.marks, each.words) for each in sets} == {
        (frozenset(each.features), each.marks, each.words) for each in EVERYTHING
    }
    assert (sets[0].marks == "own_server") == (path == "app/settings.py")
    assert (sets[0].features[0] == "listing_orders") == (path == "app/edges/queries.py")
    assert (REPLICAS in plan(path)) == (path != "app/edges/queries.py")


def test_a_mutant_with_an_excuse_is_not_tried(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    excused = next(each for each in mutants if "- return" in each.change)
    monkeypatch.setattr(excuses_module, "excuses", lambda: {excused.change: "nobody counts"})
    assert try_mutant(excused) == Result(excused, Outcome.EXCUSED, message="nobody counts")
    assert not excuse_of(next(each for each in mutants if "- if" in each.change))


def test_an_excuse_without_a_mutant_is_told(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    old = "app/rules.py, most\n- if count > 8:\n+ if count >= 8:"
    monkeypatch.setattr(excuses_module, "excuses", lambda: {old: "nobody counts"})
    with pytest.raises(NoSuchMutant, match="if count > 8"):
        require_all_used(mutants)


def test_a_module_of_which_nothing_is_promised_has_mutants(
    monkeypatch: pytest.MonkeyPatch, mutants: list[Mutant]
) -> None:
    monkeypatch.setattr(excuses_module, "excuses", dict)
    with pytest.raises(NoSuchMutant, match=r"no mutant of app/edges/metrics\.py"):
        require_all_used(mutants)


def test_every_excuse_is_about_one_mutant_of_the_server() -> None:
    require_all_used(all_mutants(ROOT))


def test_what_is_settled_is_kept_for_the_next_run(tmp_path: Path, mutants: list[Mutant]) -> None:
    first, second, third, fourth, *_ = mutants
    kept = Kept(tmp_path / "reports" / "mutation.jsonl", "features of today")
    kept.forget()
    noticed = Result(first, Outcome.NOTICED, FAILURE.scenario, FAILURE.message, 2.5)
    kept.add(noticed, by_all=False)
    kept.add(Result(second, Outcome.SURVIVED), by_all=False)
    kept.add(Result(third, Outcome.SURVIVED), by_all=True)
    assert list(kept.results([first, second, third, fourth])) == [
        (noticed, True),
        (Result(second, Outcome.SURVIVED), False),
        (Result(third, Outcome.SURVIVED), True),
    ]
    later = Kept(tmp_path / "reports" / "mutation.jsonl", "features of tomorrow")
    assert list(later.results([first, second, third])) == [(noticed, True)]
    kept.forget()
    assert not list(kept.results([first]))


def test_trials_go_on_where_earlier_ones_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mutants: list[Mutant]
) -> None:
    plans = list[tuple[int, object]]()

    def try_it(mutant: Mutant, planned: object) -> Result:
        plans.append((mutant.number, planned))
        survives = mutant.number == 1
        return Result(mutant, Outcome.SURVIVED if survives else Outcome.NOTICED)

    monkeypatch.setattr("faults.mutation.__main__.try_mutant", try_it)
    kept = Kept(tmp_path / "reports" / "mutation.jsonl", "features")
    kept.forget()
    assert not Trials(kept, 1, until=0.0).of(mutants[:2])
    assert not plans
    kept.add(Result(mutants[0], Outcome.SURVIVED), by_all=False)
    results = Trials(kept, 1, until=math.inf).of(mutants[:2])
    assert {number: each.outcome for number, each in results.items()} == {
        1: Outcome.SURVIVED,
        2: Outcome.NOTICED,
    }
    assert plans == [(2, quick_plan), (1, plan)]
    assert Trials(kept, 1, until=0.0).of(mutants[:2]) == results
    assert len(plans) == 2


def test_runs_that_are_copies_of_a_warm_process_give_what_pytest_prints() -> None:
    run = quickest_run()
    for _ in range(2):
        assert "no problem" in run(["features/rejections.feature", "--dry-run"])


def test_every_excuse_has_a_reason() -> None:
    assert excuses()
    assert all(len(reason.split()) > 3 for reason in excuses().values())


def test_the_figures_leave_out_what_nobody_can_tell(mutants: list[Mutant]) -> None:
    first, second, third, fourth, fifth, *_ = mutants
    summary = Summary(
        [
            Result(first, Outcome.NOTICED, FAILURE.scenario, FAILURE.message),
            Result(second, Outcome.NO_START),
            Result(third, Outcome.SURVIVED),
            Result(fourth, Outcome.NO_END),
            Result(fifth, Outcome.EXCUSED, message="nobody looks at it"),
        ],
        drawn_from=1000,
        seed=7,
    )
    assert round(summary.share, 1) == 33.3
    figures = in_one_line(summary)
    assert "5 of 1000 mutants (seed 7): 1 do not start, 1 cannot be told" in figures
    assert "1 noticed, 2 not noticed: 33.3 % noticed" in figures
    page = as_markdown(summary)
    assert f"Number {third.number}, survived:\n\n```diff\n{third.change}\n```" in page
    assert "| `app/rules.py` | 5 | 1 | 1 | 2 | 1 |" in page
    assert f"Number {fifth.number}: nobody looks at it." in page
    assert r"| placing\_orders: Nothing is bought | It was \| bought |" in page
