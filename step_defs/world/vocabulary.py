"""The words of the step language: what a placeholder in a step may hold."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from uuid import uuid4

from bdd import PlaceholderType, Vocabulary
from driver import OrderStatus, Side
from step_defs.world.closings import CONDUCT, TURNED_AWAY
from step_defs.world.drafts import WORDS, read_value
from step_defs.world.followers import Traders
from step_defs.world.messages import MESSAGES
from step_defs.world.refusals import REASONS, read_reason
from step_defs.world.requests import REQUESTS
from step_defs.world.selection import Selection, Subject, Target, Times, Which

T = TypeVar("T")
_NAME = "[A-Z][A-Za-z0-9]*"
_NAMES = f"{_NAME}(?:, {_NAME})*(?: and {_NAME})?"
_DURATION = re.compile(r"(\S+) seconds?")


def _one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    def convert(text: str) -> T:
        if text not in words:
            raise ValueError(f"only these are known: {', '.join(words)}")
        return words[text]

    return convert


def _names(text: str) -> tuple[str, ...]:
    return tuple(re.split(", | and ", text))


def _traders(text: str) -> Traders:
    if text == "every trader":
        return ()
    if text == "a trader":
        return (text,)
    if text.endswith(" traders"):
        return tuple(f"trader {number + 1}" for number in range(_count(text.split(maxsplit=1)[0])))
    return _names(text)


def _selection(text: str) -> Selection:
    if text in list(Which):
        return Selection(Which(text))
    return Selection(None, _names(text.removeprefix("orders ").removeprefix("order ")))


def _target(text: str) -> Target:
    if text == "an order that never existed":
        return str(uuid4())
    if text.startswith('an order numbered "'):
        return text.split('"')[1]
    return _selection(text)


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("it is not a whole number")
    return int(text)


def _count(text: str) -> int:
    if _whole(text) == 0:
        raise ValueError("it must be at least 1")
    return int(text)


def _counts(text: str) -> list[int]:
    return [_count(part) for part in re.split(", | and ", text)]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("it is not a number") from None
    if not number.is_finite():
        raise ValueError("it is not a finite number")
    return number


def _quantity(text: str) -> str:
    _number(text)
    return text


def _duration(text: str) -> float:
    match = _DURATION.fullmatch(text)
    return float(_number(match[1] if match else text))


PARAMETERS = ("status", "symbol", "reference", "limit", "cursor")
SETTINGS = ("DELAY_MIN", "DELAY_MAX", "SEED", "HISTORY", "SUBSCRIBER_QUEUE", "MAX_ORDERS")
_ORDERS = f"(?:{'|'.join(Which)}|orders? {_NAMES})"

words = Vocabulary(
    PlaceholderType(
        "Side",
        _one_of({"buy": Side.BUY, "sell": Side.SELL}),
        example="buy",
        meaning="buy or sell",
    ),
    PlaceholderType(
        "Quantity", _quantity, example="100.5", meaning="a quantity, sent as it is written"
    ),
    PlaceholderType("Symbol", str, example="EURUSD", meaning="a currency pair"),
    PlaceholderType(
        "Status",
        _one_of({str(status): status for status in OrderStatus}),
        example="EXECUTED",
        meaning="PENDING, EXECUTED or CANCELLED",
    ),
    PlaceholderType("Name", str, pattern=_NAME, example="Ann", meaning="a name"),
    PlaceholderType(
        "Traders",
        _traders,
        pattern=f"(?:a trader|every trader|[0-9]+ traders|{_NAMES})",
        example="Ann and Bob",
        meaning="names, `a trader`, `5 traders`, or `every trader`: all who follow",
    ),
    PlaceholderType(
        "Orders",
        _selection,
        pattern=_ORDERS,
        example="the order",
        meaning=f"{', '.join(Which)} (the first means the latest), or names: orders A and B",
    ),
    PlaceholderType(
        "Target",
        _target,
        pattern=f'(?:{_ORDERS}|an order that never existed|an order numbered "[^"]*")',
        example="order A",
        meaning='orders as above, `an order that never existed`, or `an order numbered "1"`',
    ),
    PlaceholderType("Count", _count, example="20", meaning="a whole number from 1"),
    PlaceholderType("Number", _whole, example="300", meaning="a whole number"),
    PlaceholderType(
        "Counts",
        _counts,
        pattern=r"\S+(?:, \S+)*(?: and \S+)?",
        example="2, 2 and 1",
        meaning="whole numbers",
    ),
    PlaceholderType(
        "Duration",
        _duration,
        pattern=r"\S+ seconds?",
        example="2 seconds",
        meaning="a time in seconds, for a server that promises at most 1 second of delay",
    ),
    PlaceholderType(
        "Field",
        str,
        pattern="[a-z]+",
        example="quantity",
        meaning="symbol, side, quantity, reference, or a field that no order has",
    ),
    PlaceholderType(
        "Value",
        read_value,
        pattern=".+",
        example='"EURUSD"',
        meaning=f'a number, "text" in quotes, "A" repeated 3 times, 20 random characters, '
        f"{', '.join(WORDS)}",
    ),
    PlaceholderType(
        "Text",
        lambda text: text[1:-1],
        pattern='"[^"]*"',
        example='"yesterday"',
        meaning="text in quotes",
    ),
    PlaceholderType(
        "Reason",
        read_reason,
        pattern=".+",
        example="the quantity must be greater than 0",
        meaning=f"one of: {'; '.join(REASONS)}",
    ),
    PlaceholderType(
        "Subject",
        Subject,
        pattern="|".join(Subject),
        example="order",
        meaning="order, request or cancel",
    ),
    PlaceholderType(
        "Message",
        _one_of(MESSAGES),
        pattern=".+",
        example="half an order",
        meaning=f"one of: {', '.join(MESSAGES)}",
    ),
    PlaceholderType(
        "Request",
        _one_of(REQUESTS),
        pattern=".+",
        example="view the order",
        meaning=f"one of: {', '.join(REQUESTS)}",
    ),
    PlaceholderType(
        "Parameter",
        _one_of({name: name for name in PARAMETERS}),
        example="limit",
        meaning=f"one of: {', '.join(PARAMETERS)}",
    ),
    PlaceholderType(
        "Conduct",
        _one_of(CONDUCT),
        pattern="|".join(CONDUCT),
        example="stops following",
        meaning=f"one of: {', '.join(CONDUCT)}",
    ),
    PlaceholderType(
        "TurnedAway",
        _one_of(TURNED_AWAY),
        pattern=".+",
        example="the place is not a whole number",
        meaning=f"one of: {', '.join(TURNED_AWAY)}",
    ),
    PlaceholderType(
        "Times",
        _one_of({str(kind): kind for kind in Times}),
        pattern="|".join(Times),
        example="answer",
        meaning="answer or execution",
    ),
    PlaceholderType(
        "Setting",
        _one_of({name: name for name in SETTINGS}),
        example="DELAY_MAX",
        meaning=f"one of: {', '.join(SETTINGS)}",
    ),
)
given, when, then, table = words.given, words.when, words.then, words.table
