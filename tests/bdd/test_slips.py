"""Slips that only a step with quoted text or a dash can have."""

import pytest

from bdd import PlaceholderType, Vocabulary
from bdd.language.definitions import StepDefinition
from bdd.language.slips import slip_in

words = Vocabulary(
    PlaceholderType("Text", str, pattern='"[^"]*"', example='"many"', meaning="text in quotes"),
)
LANGUAGE = [
    StepDefinition("then", words.phrase(sentence), lambda: None, "steps.py")
    for sentence in ("the label says {text:Text}", "the cook's well-known soup is served")
]


@pytest.mark.parametrize(
    ("text", "meant", "told"),
    [
        (
            "the label says \u201cleeks\u201d",
            'the label says "leeks"',
            '\u201c is a curly quotation mark, and the step has "',
        ),
        (
            "the cook\u2019s well-known soup is served",
            "the cook's well-known soup is served",
            "\u2019 is a curly quotation mark, and the step has '",
        ),
        (
            "the cook's well\u2013known soup is served",
            "the cook's well-known soup is served",
            "\u2013 is a long dash, and the step has -",
        ),
    ],
)
def test_the_character_that_differs_is_named(text: str, meant: str, told: str) -> None:
    slip = slip_in(text, LANGUAGE)
    assert slip is not None
    assert (slip.meant, slip.told) == (meant, told)


def test_slips_are_told_together_and_no_more_than_there_are() -> None:
    slip = slip_in("The label says \u201cTwo  leeks.\u201d", LANGUAGE)
    assert slip is not None
    assert slip.meant == 'the label says "Two  leeks."'
    assert slip.told.count(";") == 1


def test_other_words_are_no_slip() -> None:
    assert slip_in("The label tells \u201cleeks\u201d.", LANGUAGE) is None
