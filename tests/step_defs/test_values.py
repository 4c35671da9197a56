import pytest

from driver import Unquoted
from step_defs.world.drafts import MISSING, draft_with, read_value
from step_defs.world.promise import Promise
from step_defs.world.refusals import read_reason
from step_defs.world.selection import Selection, Which
from step_defs.world.vocabulary import words


def read(kind: str, text: str) -> object:
    """What a step would be given for `text`."""
    return words.phrase(f"{{it:{kind}}}").parse_arguments(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"EURUSD"', "EURUSD"),
        ('""', ""),
        ('"A" repeated 3 times', "AAA"),
        ("true", True),
        ("nothing", None),
        ("an empty list", []),
        ("100.50", "100.50"),
        ("-1", "-1"),
        ("1e999", "1e999"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
    ],
)
def test_a_value_is_read(text: str, value: object) -> None:
    assert read_value(text) == value


def test_numbers_are_sent_as_they_are_written() -> None:
    assert isinstance(read_value("1e999"), Unquoted)
    assert not isinstance(read_value('"1e999"'), Unquoted)


def test_random_text_is_unique_and_has_its_length() -> None:
    text = "20 random characters"
    first, second = read_value(text), read_value(text)
    assert isinstance(first, str)
    assert len(first) == len("12345678901234567890")
    assert first != second
    assert str(read_value('9 random characters behind "a.B"')).startswith("a.B")


@pytest.mark.parametrize("text", ["ten", "EURUSD", '"open', "1,000"])
def test_a_value_that_cannot_be_read_says_what_can(text: str) -> None:
    with pytest.raises(ValueError, match='"text" in quotes'):
        read_value(text)


def test_a_missing_field_is_left_out() -> None:
    assert "side" not in draft_with({"side": MISSING})
    assert draft_with({"colour": "red"})["colour"] == "red"


def test_a_reason_that_nobody_gives_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="nearest ones are: the quantity must be greater than 0"):
        read_reason("the quantity must be greater than zero")


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("the order", Selection(Which.LATEST)),
        ("every order", Selection(Which.EVERY)),
        ("order A", Selection(None, ("A",))),
        ("orders A, B and C", Selection(None, ("A", "B", "C"))),
    ],
)
def test_orders_are_spoken_of(text: str, selection: Selection) -> None:
    assert read("Orders", text) == {"it": selection}


@pytest.mark.parametrize(
    ("text", "traders"),
    [
        ("a trader", ("a trader",)),
        ("every trader", ()),
        ("2 traders", ("trader 1", "trader 2")),
        ("Ann and Bob", ("Ann", "Bob")),
    ],
)
def test_traders_are_spoken_of(text: str, traders: tuple[str, ...]) -> None:
    assert read("Traders", text) == {"it": traders}


def test_durations_scale_with_the_promise() -> None:
    promise = Promise(0.2, 2.0, grace=0.5)
    assert promise.scaled(1) == 2.0
    assert promise.limit(0.1) == pytest.approx(0.2)
    assert promise.limit(0.55) == pytest.approx(1.1)
    assert promise.deadline(1) == pytest.approx(2.5)
    assert read("Duration", "1.5 seconds") == {"it": 1.5}
    assert read("Duration", "1 second") == {"it": 1.0}
