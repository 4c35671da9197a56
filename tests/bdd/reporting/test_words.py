from dataclasses import replace

import pytest

from bdd.reporting.evidence import Attachment, Failure, ScenarioRecord, Status, StepRecord
from bdd.reporting.results import counts_of
from bdd.reporting.words import duration, headline, plural, scenario_in_words, tally

GIVEN = StepRecord("Given", "one", 2, "passed")
THEN = StepRecord("Then", "two", 3, "failed", failure=Failure("it is\nnot two", category="count"))
RECORD = ScenarioRecord("x.feature::One", "F", "One", "x.feature", 1, steps=(GIVEN, THEN))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0004, "0 ms"),
        (0.42, "420 ms"),
        (1.04, "1.0 s"),
        (59.9, "59.9 s"),
        (59.96, "1 min 0 s"),
        (83.4, "1 min 23 s"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_plurals() -> None:
    assert [plural(count, "line") for count in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]


def test_a_tally_tells_of_every_scenario_how_it_ended() -> None:
    assert tally(counts_of([replace(RECORD, status="failed")])) == "1 scenario failed"
    ended: list[Status] = ["skipped", "passed", "not offered", "passed", "skipped", "skipped"]
    records = [replace(RECORD, status=status) for status in ended]
    assert tally(counts_of(records)) == "2 scenarios passed, 3 skipped, 1 not offered"
    assert tally(counts_of(records[:1])) == "1 scenario skipped"
    assert tally(counts_of([])) == "no scenario ran"


def test_the_headline_is_one_line_with_step_reason_and_category() -> None:
    assert headline(RECORD) == "Then two: it is (count)"


def test_a_failure_around_the_steps_has_no_step_in_its_headline() -> None:
    broken = replace(RECORD, steps=(GIVEN,), failures=(Failure("no server", broken=True),))
    assert headline(broken) == "no server"
    told = scenario_in_words(broken)
    assert told == "F\nOne  (x.feature:1)\n    no server\n  steps:\n    ✓ Given one"


def test_what_a_step_left_is_told_by_its_titles_and_in_full_if_it_failed() -> None:
    tape = (Attachment("Tape", "a\nb"), Attachment("S", "", "text/csv"))
    raw = Attachment("IDs", "x", as_it_is=True)
    steps = (replace(GIVEN, attachments=tape), replace(THEN, attachments=(*tape, raw)))
    assert scenario_in_words(replace(RECORD, steps=steps)).endswith(
        "    ✓ Given one\n          Tape\n"
        "    ✗ Then two\n          Tape\n            a\n            b\n"
        "          … 1 more in the report"
    )


def test_of_much_text_the_last_lines_are_told() -> None:
    long = Attachment("Tape", "\n".join(f"line {number}" for number in range(100)))
    then = replace(THEN, attachments=(long,) * 5)
    words = scenario_in_words(replace(RECORD, steps=(then,)))
    assert "… 60 earlier lines in the report\n            line 60\n" in words
    assert "line 59" not in words
    assert words.endswith("line 99\n          … 2 more in the report")


def test_what_fits_into_a_line_is_told_with_its_title() -> None:
    measured = Attachment("Measured: the longest", "1.2 s")
    steps = (replace(GIVEN, attachments=(measured,)),)
    told = scenario_in_words(replace(RECORD, steps=steps))
    assert told.endswith("✓ Given one\n          Measured: the longest: 1.2 s")
