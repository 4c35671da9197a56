"""Numbers, quantities and times, as people write them."""

import re
from decimal import Decimal

from bdd import PlaceholderType
from step_defs.phrases.reading import A_WORD

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_FACTORS = {"k": 1_000, "m": 1_000_000}


def whole(text: str) -> int:
    """A whole number from 0."""
    if not text.isascii() or not text.isdigit():
        raise ValueError("it is not a whole number")
    return int(text)


def count(text: str) -> int:
    """A whole number from 1."""
    if whole(text) == 0:
        raise ValueError("it must be at least 1")
    return int(text)


def quantity(text: str) -> str:
    """A number, kept as it is written."""
    if not re.fullmatch(NUMBER, text):
        raise ValueError(f"{text} is not a number{_written_out(text)}")
    return text


def _written_out(text: str) -> str:
    """What to write instead of `1,000,000` or `1m`, or nothing."""
    plain = text.replace(",", "").replace("_", "").lower()
    factor = _FACTORS.get(plain[-1:], 1)
    digits = plain if factor == 1 else plain[:-1]
    if text == digits or not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits):
        return ""
    return f": write {(Decimal(digits) * factor).normalize():f}"


def _counts(text: str) -> list[int]:
    return [whole(part) for part in re.split(", | and ", text)]


def _repetition(text: str) -> int:
    return 1 if text == "a request" else count(text.split(maxsplit=1)[0])


def _duration(text: str) -> float:
    seconds = float(quantity(text.partition(" ")[0]))
    if seconds <= 0:
        raise ValueError("it must be more than 0 seconds, in which nothing could be seen")
    return seconds


TYPES = (
    PlaceholderType("Count", count, A_WORD, "20", "a whole number from 1"),
    PlaceholderType("Number", whole, A_WORD, "1000", "a whole number"),
    PlaceholderType(
        "Counts", _counts, r"\S+(?:, \S+)*(?: and \S+)?", "2, 2 and 1", "whole numbers"
    ),
    PlaceholderType(
        "Repetition",
        _repetition,
        r"(?:a request|\S+ simultaneous requests)",
        "20 simultaneous requests",
        "`a request`, or `20 simultaneous requests`",
    ),
    PlaceholderType(
        "Duration",
        _duration,
        r"\S+ seconds?",
        "2 seconds",
        "a time in seconds, for a server that promises at most 1 second of delay",
    ),
    PlaceholderType("Quantity", quantity, A_WORD, "100.5", "a quantity, sent as it is written"),
)
