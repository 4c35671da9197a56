"""What belongs to which step, and which failure is told."""

import pytest

from bdd.reporting.evidence import ScenarioRecord

pytest_plugins = ["pytester"]

STEPS = """
import pytest
from pytest_bdd import given, parsers, then

from bdd import Mismatch, attach


class LateError(Exception):
    category = "too late"


@pytest.fixture(autouse=True)
def prepared():
    attach("prepared", "")


@given("a step")
@then("a step")
def step():
    attach("inside", "")


@given("an ID is seen")
def seen():
    pass


@then("ID 7 is wrong")
def wrong():
    raise Mismatch("ID 7 is wrong", expected="not ID 7", got="ID 7")


@then("it breaks")
def breaks():
    assert 1 == 2, "one is not two"


@then("it is skipped")
def skipped():
    pytest.skip("not on Mondays")


@then("it breaks deep down")
def deep():
    try:
        raise OSError("no line")
    except OSError as error:
        raise ValueError("no answer") from error


@then("it is late")
def late():
    raise LateError("2 s too late")


@then("it gives up")
def gives_up():
    pytest.fail("enough", pytrace=False)
"""

CONFTEST = """
import pytest

from bdd import Mismatch, Rule, attach, charge_run

pytest_plugins = ["bdd.plugin", "all_steps"]


def pytest_bdd_after_step(step):
    attach("after the step", step.name)
    if step.name == "an ID is seen":
        attach("ID 7 seen", "ID 7")
        attach("in full", "ID 7", as_it_is=True)
        attach("as data", "ID 7", "application/json")


def pytest_bdd_wording(request):
    if "reworded" in request.node.name:
        return lambda text: text.replace("ID 7", "the seventh")


def pytest_bdd_step_error(step):
    attach("after the error", step.name)


def pytest_bdd_after_scenario():
    attach("after the scenario", "")


def pytest_bdd_apply_tag(tag, function):
    pytest.mark.xfail(reason="known", strict=False)(function)
    return True


def pytest_bdd_end_of_scenario_checks(request):
    def first():
        attach("seen by the first", "")
        if "unclean" in request.node.name:
            raise Mismatch("first", expected="clean", got="unclean")

        if "twice" in request.node.name:
            parts = [Mismatch(name, expected="1", got="2") for name in ("one", "two")]
            raise ExceptionGroup("both", parts)
        if "charges" in request.node.name:
            charge_run(Mismatch("of others", expected="1", got="2", rule=Rule("F", "R")))

    def second():
        if "unclean" in request.node.name:
            raise Mismatch("second", expected="clean", got="unclean")

    return [("first", first), ("second", second)]
"""


@pytest.fixture
def record(pytester: pytest.Pytester) -> "RecordOf":
    return RecordOf(pytester)


class RecordOf:
    """Runs one scenario and gives its record."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester
        pytester.makeconftest(CONFTEST)
        pytester.makepyfile(all_steps=STEPS)
        pytester.makeini("[pytest]\nbdd_tags =\n    known: fails, as everybody knows\n")

    def __call__(self, name: str, *steps: str, tag: str = "") -> ScenarioRecord:
        lines = [f"Feature: F\n{tag}\nScenario: {name}", *steps]
        self._pytester.path.joinpath("all.feature").write_text("\n".join(lines), encoding="utf-8")
        run = self._pytester.inline_run("-p", "no:cacheprovider")
        self.exit_code = run.ret
        reports = run.getreports("pytest_runtest_logreport")
        self.told = "".join(str(report.longrepr) for report in reports if report.failed)
        reports = run.getreports("pytest_runtest_logreport")
        last = next(report for report in reports if report.when == "teardown")
        return ScenarioRecord.from_dict(last.scenario)


def titles(record: ScenarioRecord) -> list[list[str]]:
    return [[each.title for each in step.attachments] for step in record.steps]


def statuses(record: ScenarioRecord) -> list[str]:
    return [step.status for step in record.steps]


def test_evidence_belongs_to_the_step_until_the_next_one(record: RecordOf) -> None:
    found = record("clean", "Given a step", "Then a step")
    of_step = ["inside", "after the step"]
    assert titles(found) == [of_step, of_step, ["seen by the first"], []]
    assert record.exit_code == pytest.ExitCode.OK
    assert [each.title for each in found.attachments] == ["prepared", "after the scenario"]


def test_evidence_of_a_failure_belongs_to_the_failing_step(record: RecordOf) -> None:
    found = record("clean", "Given a step", "Then it breaks", "Then it breaks")
    assert titles(found)[1:3] == [["after the error"], []]
    assert statuses(found) == ["passed", "failed", "skipped", "passed", "passed"]


def test_every_end_of_scenario_check_runs_and_fails_the_scenario(record: RecordOf) -> None:
    found = record("unclean", "Then a step")
    assert found.status == "failed"
    assert [(step.keyword, step.status) for step in found.steps] == [
        ("Then", "passed"),
        ("Finally", "failed"),
        ("Finally", "failed"),
    ]
    assert [failure.message for failure in found.all_failures] == ["first", "second"]


def test_a_end_of_scenario_check_does_not_hide_the_first_failure(record: RecordOf) -> None:
    found = record("unclean", "Then it breaks")
    messages = [failure.message for failure in found.all_failures]
    assert messages[0].startswith("one is not two")
    assert messages[1:] == ["first", "second"]


def test_of_a_group_each_exception_is_told_by_a_step(record: RecordOf) -> None:
    found = record("twice", "Then a step")
    assert [failure.message for failure in found.all_failures] == ["one", "two"]
    assert statuses(found) == ["passed", "failed", "failed", "passed"]
    assert found.failures == ()
    assert "sub-exception" not in record.told


def test_what_is_charged_to_the_run_fails_it_but_no_scenario(record: RecordOf) -> None:
    found = record("charges", "Then a step")
    assert found.status == "passed"
    (charged,) = found.charged
    assert (charged.message, charged.feature, charged.rule) == ("of others", "F", "R")
    assert record.exit_code == pytest.ExitCode.TESTS_FAILED


def test_ids_are_told_by_names_unless_they_are_evidence_as_it_is(record: RecordOf) -> None:
    found = record("reworded", "Given an ID is seen", "Then ID 7 is wrong")
    told = [(each.title, each.body) for each in found.steps[0].attachments[1:]]
    assert told == [("the seventh seen", "the seventh"), ("in full", "ID 7"), ("as data", "ID 7")]
    (failure,) = found.all_failures
    assert (failure.message, failure.expected, failure.got) == (
        "the seventh is wrong",
        "not the seventh",
        "the seventh",
    )
    assert found.steps[1].name == "ID 7 is wrong"


def test_a_scenario_skipped_on_the_way_is_not_checked(record: RecordOf) -> None:
    found = record("unclean", "Given a step", "Then it is skipped")
    assert (found.status, found.reason) == ("skipped", "not on Mondays")
    assert statuses(found) == ["passed", "skipped"]


def test_an_expected_failure_says_so(record: RecordOf) -> None:
    found = record("clean", "Then it breaks", tag="@known")
    assert (found.status, found.reason) == ("skipped", "expected to fail: known")


def test_an_error_tells_its_cause_and_is_no_broken_promise(record: RecordOf) -> None:
    (failure,) = record("clean", "Then it breaks deep down").all_failures
    assert failure.message == "ValueError: no answer\ncaused by OSError: no line"
    assert failure.broken
    assert failure.trace.startswith("all_steps.py:")
    assert "site-packages" not in failure.trace


def test_any_exception_may_name_its_category(record: RecordOf) -> None:
    (failure,) = record("clean", "Then it is late").all_failures
    assert failure.category == "too late"
    assert not failure.broken


def test_a_failure_without_traceback_has_none(record: RecordOf) -> None:
    (failure,) = record("clean", "Then it gives up").all_failures
    assert (failure.message, failure.trace) == ("enough", "")
