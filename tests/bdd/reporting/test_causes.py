"""Findings of a run become few causes, the most noticed promise first."""

from bdd.reporting.causes import causes_of
from bdd.reporting.evidence import Attachment, Failure, ScenarioRecord, StepRecord
from bdd.reporting.words import broken_promises, cause_in_words

NUMBERS = Failure("A gap", "1, 2", "1, 3", "events", feature="Events", rule="No gaps")
TOO_LATE = Failure("Too late", "1 s", "2 s", "time")
CRASH = Failure("KeyError: 'x'\nand more", broken=True)


def record(
    name: str,
    *failures: Failure,
    rule: str = "Own",
    padding: int = 0,
    charged: tuple[Failure, ...] = (),
) -> ScenarioRecord:
    passed = [StepRecord("Given", "one", 2, "passed")] * padding
    broken = [StepRecord("Then", "two", 3, "failed", failure=failure) for failure in failures]
    return ScenarioRecord(
        f"x.feature::{name}",
        "F",
        name,
        "x.feature",
        1,
        rule=rule,
        steps=(*passed, *broken),
        charged=charged,
        status="failed" if failures else "passed",
    )


def test_a_run_without_failures_has_no_cause() -> None:
    assert causes_of([record("A"), record("B")]) == []


def test_many_scenarios_that_notice_one_broken_promise_are_one_cause() -> None:
    (cause,) = causes_of([record("A", NUMBERS, rule="R"), record("B", NUMBERS, rule="S")])
    assert (cause.feature, cause.rule, cause.finding) == ("Events", "No gaps", "A gap")
    assert (cause.expected, cause.got) == ("1, 2", "1, 3")
    assert [each.name for each in cause.scenarios] == ["A", "B"]


def test_a_failure_that_names_no_promise_breaks_that_of_its_scenario() -> None:
    causes = causes_of([record("A", TOO_LATE, rule="R"), record("B", TOO_LATE, rule="S")])
    assert [(cause.feature, cause.rule) for cause in causes] == [("F", "R"), ("F", "S")]


def test_what_only_follows_is_told_with_its_cause() -> None:
    (cause,) = causes_of([record("A", TOO_LATE, NUMBERS), record("B", NUMBERS)])
    assert cause.rule == "No gaps"
    assert cause.also == ("Own: Too late",)


def test_a_scenario_that_no_cause_explains_has_one_of_its_own() -> None:
    causes = causes_of(
        [record("A", TOO_LATE, rule="R"), record("B", NUMBERS), record("C", NUMBERS)]
    )
    assert [cause.rule for cause in causes] == ["No gaps", "R"]


def test_the_shortest_proof_is_shown_if_possible_of_a_scenario_about_the_promise() -> None:
    short, long = record("A", TOO_LATE), record("B", TOO_LATE, padding=3)
    assert causes_of([long, short])[0].proof.noticed_by is short
    own = Failure("Too late", feature="F", rule="Own", category="time")
    abroad = record("C", own, rule="Other")
    assert causes_of([abroad, long])[0].proof.noticed_by is long


def test_what_is_charged_to_the_run_is_told_once_and_by_no_scenario() -> None:
    (cause,) = causes_of([record("A", charged=(NUMBERS,)), record("B", charged=(NUMBERS,))])
    assert cause.rule == "No gaps"
    assert cause.scenarios == ()
    assert "charged to the run" in cause_in_words(cause)


def test_a_scenario_that_fails_for_it_has_no_need_of_a_second_cause() -> None:
    (cause,) = causes_of([record("A", charged=(NUMBERS,)), record("B", NUMBERS)])
    assert [each.name for each in cause.scenarios] == ["B"]


def test_of_the_evidence_those_lines_are_shown_that_speak_of_what_was_got() -> None:
    tape = "\n".join(f"{number:.1f} s  event {number}" for number in range(1, 50))
    failure = Failure("A gap", "2", "event 33 came where 32 was due", "events")
    ids = Attachment("IDs", "event 33", as_it_is=True)
    seen = (Attachment("What Ann received", tape), ids)
    step = StepRecord("Then", "two", 3, "failed", failure=failure, attachments=seen)
    (cause,) = causes_of([ScenarioRecord("n", "F", "A", "x.feature", 7, steps=(step,))])
    assert cause.evidence == ("What Ann received", "32.0 s  event 32", "33.0 s  event 33")


def test_the_requests_are_shown_that_name_what_was_got() -> None:
    asked = (
        Attachment("PUT /books/{book 1} → 204 (3 ms)", "the whole request"),
        Attachment("9 more requests", "PUT /books/{book 11} → 204\nGET /books/{book 1} → 200"),
    )
    failure = Failure("Lent twice", "book 1: LENT", "book 1: LENT\nbook 1: LENT", "events")
    given = StepRecord("When", "one", 2, "passed", attachments=asked)
    step = StepRecord("Then", "two", 3, "failed", failure=failure)
    (cause,) = causes_of([ScenarioRecord("n", "F", "A", "x.feature", 7, steps=(given, step))])
    assert cause.evidence == ("PUT /books/{book 1} → 204 (3 ms)", "GET /books/{book 1} → 200")


def test_the_lines_of_whom_it_is_about_come_first() -> None:
    seen = (
        Attachment("What Bob received", "1.0 s  event 3\n1.1 s  event 4"),
        Attachment("What Ann received", "1.0 s  event 4\n1.1 s  event 3"),
    )
    failure = Failure("Swapped", "order", "Ann: event 4 came where 3 was due", "events")
    step = StepRecord("Then", "two", 3, "failed", failure=failure, attachments=seen)
    (cause,) = causes_of([ScenarioRecord("n", "F", "A", "x.feature", 7, steps=(step,))])
    assert cause.evidence[:2] == ("What Ann received", "1.0 s  event 4")


def test_a_step_that_asked_nothing_is_about_the_latest_request() -> None:
    asked = tuple(Attachment(f"PUT /books → {code} (3 ms)", "in full") for code in (201, 409))
    given = StepRecord("When", "one", 2, "passed", attachments=asked)
    step = StepRecord("Then", "two", 3, "failed", failure=TOO_LATE)
    (cause,) = causes_of([ScenarioRecord("n", "F", "A", "x.feature", 7, steps=(given, step))])
    assert cause.evidence == ("PUT /books → 409 (3 ms)",)


def test_what_only_repeats_the_figures_that_were_got_is_left_out() -> None:
    measured = Attachment("Measured: the answer", "3.5 s, limit 1 s")
    request = Attachment("PUT /books → 204 (3500 ms)", "in full")
    failure = Failure("Too long", "at most 1 s", "3.5 s, limit 1 s", "time")
    step = StepRecord("Then", "two", 3, "failed", failure=failure, attachments=(measured, request))
    (cause,) = causes_of([ScenarioRecord("n", "F", "A", "x.feature", 7, steps=(step,))])
    assert cause.evidence == ("PUT /books → 204 (3500 ms)",)


def test_what_is_no_promise_is_one_cause_without_a_rule() -> None:
    causes = causes_of([record("A", CRASH, rule="R"), record("B", CRASH, rule="S")])
    assert [(cause.rule, cause.finding) for cause in causes] == [("", "KeyError: 'x'")]
    assert broken_promises(causes) == "1 other failure"


def test_the_words_of_a_cause_are_promise_finding_comparison_and_evidence() -> None:
    request = Attachment("POST /orders → 201 (3 ms)", "the whole request")
    step = StepRecord("Then", "two", 3, "failed", failure=NUMBERS, attachments=(request,))
    scenario = ScenarioRecord("n", "F", "A", "x.feature", 7, steps=(step,), status="failed")
    causes = causes_of([scenario])
    assert cause_in_words(causes[0]) == (
        "Events: No gaps\n"
        "   A gap (noticed by 1 scenario)\n"
        "    expected: 1, 2\n"
        "         got: 1, 3\n"
        "        seen: POST /orders → 201 (3 ms)\n"
        "   shortest proof: A (x.feature:7)"
    )
    assert broken_promises(causes) == "1 promise is broken"
    both = causes_of([record("A", NUMBERS), record("B", TOO_LATE)])
    assert broken_promises(both) == "2 promises are broken"


def test_what_most_scenarios_about_it_noticed_comes_before_what_follows_from_it() -> None:
    other = Failure("Rejected", "yes", "no", "other", feature="F", rule="Often")
    about = [record(f"about {number}", rule="Often") for number in range(8)]
    causes = causes_of(
        [*about, record("1", other, rule="Often"), record("2", other), record("3", TOO_LATE)]
    )
    assert [cause.rule for cause in causes] == ["Own", "Often"]


def test_a_promise_is_not_cleared_by_scenarios_that_held_by_luck() -> None:
    many = [record(f"{number}", NUMBERS, rule="R") for number in range(9)]
    lucky = ScenarioRecord("x", "Events", "L", "x.feature", 1, rule="No gaps", status="passed")
    causes = causes_of([lucky, *many, record("late", TOO_LATE)])
    assert [cause.rule for cause in causes] == ["No gaps", "Own"]
