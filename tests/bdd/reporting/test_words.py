from dataclasses import replace

import pytest

from bdd.reporting.evidence import Attachment, Failure, ScenarioRecord, StepRecord
from bdd.reporting.words import duration, headline, plural, scenario_in_words

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


def test_the_headline_is_one_line_with_step_reason_and_category() -> None:
    assert headline(RECORD) == "Then two: it is (count)"


def test_a_failure_around_the_steps_has_no_step_in_its_headline() -> None:
    broken = replace(RECORD, steps=(GIVEN,), failures=(Failure("no server", broken=True),))
    assert headline(broken) == "no server"
    assert scenario_in_words(broken) == "F\nOne  (x.feature:1)\n    no server\n  ✓ Given one"


def test_texts_are_told_below_their_step() -> None:
    given = replace(
        GIVEN, attachments=(Attachment("Tape", "a\nb"), Attachment("S", "", "text/csv"))
    )
    assert "  ✓ Given one\n        Tape\n          a\n          b\n  ✗ Then two" in (
        scenario_in_words(replace(RECORD, steps=(given, THEN)))
    )


def test_of_much_text_the_last_lines_are_told() -> None:
    long = Attachment("Tape", "\n".join(f"line {number}" for number in range(100)))
    given = replace(GIVEN, attachments=(long,) * 5)
    words = scenario_in_words(replace(RECORD, steps=(given,)))
    assert "… 60 earlier lines in the report\n          line 60\n" in words
    assert "line 59" not in words
    assert words.endswith("line 99\n        … 2 more in the report")
