"""The words of the step language: what each placeholder of a step accepts."""

from collections.abc import Mapping

from bdd import PlaceholderType, Vocabulary
from driver import OrderStatus
from step_defs.checks.bursts import Figure
from step_defs.checks.orders import CONTENTS
from step_defs.checks.rejections import REASONS, read_reason
from step_defs.phrases import new_orders, queries
from step_defs.phrases.close_reasons import CONDUCT, DISCONNECTS
from step_defs.phrases.messages import MESSAGES
from step_defs.phrases.reading import (
    LAST_HEARD,
    NAME,
    NAMES,
    ORDERS,
    count,
    duration,
    one_of,
    place,
    quantity,
    quoted,
    repetition,
    selection,
    target,
    traders,
    whole,
    whole_numbers,
)
from step_defs.phrases.requests import REQUESTS
from step_defs.world.drafts import WORDS, read_value
from step_defs.world.selection import Subject, Times

SETTINGS = ("DELAY_MIN", "DELAY_MAX", "SEED", "HISTORY", "SUBSCRIBER_QUEUE", "MAX_ORDERS")
_PLACED = dict.fromkeys(("placed", "placed at the same time"), OrderStatus.PENDING)
_ANNOUNCED = _PLACED | queries.STATUSES
_TEXT = '"[^"]*"'

NAME_MEANING = "a name: one word with a capital letter"
ORDERS_MEANING = (
    "`the order`: the latest one; `the first order`; `every order` or `all orders` of the "
    "scenario; or by their names, `order A`, `orders A and B`"
)


# Another single word, or another end of the sentence, is told to be unreadable; where the pattern
# knows the words, the sentence is another one without them.
_A_WORD, _THE_REST = r"\S+", ".+"


def _choice(
    name: str,
    words: Mapping[str, object],
    pattern: str,
    example: str,
    examples: tuple[str, ...] = (),
) -> PlaceholderType:
    meaning = f"one of: {', '.join(words)}"
    return PlaceholderType(name, one_of(words), pattern, example, meaning, examples)


def _phrase(name: str, words: Mapping[str, object], example: str) -> PlaceholderType:
    return _choice(name, words, "|".join(words), example)


words = Vocabulary(
    _choice("Side", new_orders.SIDES, _A_WORD, "buy"),
    _choice("Status", queries.STATUSES, _A_WORD, "EXECUTED", ("PENDING", "EXECUTED")),
    _choice("Setting", {name: name for name in SETTINGS}, _A_WORD, "MAX_ORDERS"),
    _phrase("Announced", _ANNOUNCED, "placed"),
    _phrase("Subject", {str(subject): subject for subject in Subject}, "order"),
    _phrase("Times", {str(times): times for times in Times}, "response"),
    _phrase("Figure", {str(figure): figure for figure in Figure}, "average"),
    _phrase("Conduct", CONDUCT, "disconnects"),
    _phrase("Content", CONTENTS, "what was ordered"),
    _choice("Message", MESSAGES, _THE_REST, "a truncated order"),
    _choice("Request", REQUESTS, _THE_REST, "view the order"),
    _choice(
        "DisconnectReason", DISCONNECTS, _THE_REST, "the sequence number is not a whole number"
    ),
    PlaceholderType(
        "Reason",
        read_reason,
        ".+",
        "the quantity must be greater than 0",
        f"one of: {'; '.join(REASONS)}",
    ),
    PlaceholderType(
        "Value",
        read_value,
        ".+",
        '"ten"',
        'a number, "text" in quotes, "A" repeated 3 times, 20 random characters, '
        + ", ".join(WORDS),
    ),
    PlaceholderType(
        "Field",
        str,
        "[a-z]+",
        "quantity",
        "symbol, side, quantity, reference, or a field that no order has",
    ),
    PlaceholderType("Quantity", quantity, r"\S+", "100.5", "a quantity, sent as it is written"),
    PlaceholderType("Symbol", str, r"\S+", "EURUSD", "a currency pair"),
    PlaceholderType("Name", str, NAME, "Ann", NAME_MEANING, ("Ann", "Bob")),
    PlaceholderType("OrderName", str, NAME, "A", NAME_MEANING),
    PlaceholderType(
        "Traders",
        traders,
        f"(?:a trader|every trader|[0-9]+ traders|{NAMES})",
        "Ann and Bob",
        "names, each one word with a capital letter; `a trader`; `5 traders`; `every trader`: all "
        "subscribers",
    ),
    PlaceholderType(
        "Orders",
        selection,
        ORDERS,
        "the order",
        ORDERS_MEANING,
    ),
    PlaceholderType(
        "Target",
        target,
        rf"(?:{ORDERS}|an order that never existed|an order with ID {_TEXT})",
        "order A",
        f'{ORDERS_MEANING}; `an order that never existed`; `an order with ID "1"`',
    ),
    PlaceholderType(
        "NewOrders",
        new_orders.read_new_orders,
        new_orders.PATTERN,
        "an order",
        new_orders.MEANING,
    ),
    PlaceholderType(
        "Query",
        queries.read_query,
        queries.PATTERN,
        "the orders in EURUSD, 2 per page",
        queries.MEANING,
    ),
    PlaceholderType(
        "Change",
        queries.read_change,
        queries.CHANGE_PATTERN,
        "6 new orders arrive",
        queries.CHANGE_MEANING,
    ),
    PlaceholderType("Count", count, r"\S+", "20", "a whole number from 1"),
    PlaceholderType("Number", whole, r"\S+", "1000", "a whole number"),
    PlaceholderType(
        "Counts", whole_numbers, r"\S+(?:, \S+)*(?: and \S+)?", "2, 2 and 1", "whole numbers"
    ),
    PlaceholderType(
        "Repetition",
        repetition,
        r"(?:a request|\S+ simultaneous requests)",
        "20 simultaneous requests",
        "`a request`, or `20 simultaneous requests`",
    ),
    PlaceholderType(
        "Duration",
        duration,
        r"\S+ seconds?",
        "2 seconds",
        "a time in seconds, for a server that promises at most 1 second of delay",
    ),
    PlaceholderType(
        "Place",
        place,
        f"(?:{LAST_HEARD}|{_TEXT})",
        LAST_HEARD,
        f'`{LAST_HEARD}`, or what is written in quotes, valid or not: `"yesterday"`',
    ),
    PlaceholderType("Text", quoted, _TEXT, '"many"', "text in quotes"),
)
given, when, then, table = words.given, words.when, words.then, words.table
