"""Reading what people write in a step: numbers, names, times, and which orders are meant."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from step_defs.world.drafts import never_existed
from step_defs.world.selection import Selection, Target, Which
from step_defs.world.subscribers import Traders

T = TypeVar("T")

NAME = "[A-Z][A-Za-z0-9]*"
NAMES = f"{NAME}(?:, {NAME})*(?: and {NAME})?"
ORDERS = f"(?:{'|'.join(Which)}|orders? {NAMES})"
LAST_HEARD = "the last event received"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    """Reads one of the words, which is all that is known."""

    def convert(text: str) -> T:
        if text not in words:
            raise ValueError(f"only these are known: {', '.join(words)}")
        return words[text]

    return convert


def without_names(form: str) -> str:
    """The regular expression with its named groups as nameless ones, as placeholders want it."""
    return re.sub(r"\?P<\w+>", "?:", form)


def names(text: str) -> tuple[str, ...]:
    """`Ann, Bob and Carol`."""
    return tuple(re.split(", | and ", text))


def traders(text: str) -> Traders:
    """`Ann and Bob`, `a trader`, `5 traders`, `every trader`."""
    if text == "every trader":
        return ()
    if text == "a trader":
        return (text,)
    if text.endswith(" traders"):
        return tuple(f"trader {number + 1}" for number in range(count(text.split(maxsplit=1)[0])))
    return names(text)


def selection(text: str) -> Selection:
    """`the order`, `orders A and B`."""
    if text in list(Which):
        return Selection(Which(text))
    return Selection(None, names(text.removeprefix("orders ").removeprefix("order ")))


def target(text: str) -> Target:
    """Orders of the scenario, `an order that never existed`, `an order with ID "1"`."""
    if text == "an order that never existed":
        return never_existed()
    if text.startswith('an order with ID "'):
        return text.split('"')[1]
    return selection(text)


def place(text: str) -> str | None:
    """A sequence number in quotes; None for the last event received."""
    return None if text == LAST_HEARD else quoted(text)


def quoted(text: str) -> str:
    """What stands between the quotes."""
    return text[1:-1]


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


def repetition(text: str) -> int:
    """`a request`, `20 simultaneous requests`."""
    return 1 if text == "a request" else count(text.split(maxsplit=1)[0])


def whole_numbers(text: str) -> list[int]:
    """`2, 2 and 1`."""
    return [whole(part) for part in re.split(", | and ", text)]


def quantity(text: str) -> str:
    """A number, kept as it is written."""
    _number(text)
    return text


def duration(text: str) -> float:
    """`2 seconds`."""
    return float(_number(text.partition(" ")[0]))


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text} is not a number")
    return Decimal(text)
