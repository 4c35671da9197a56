"""What the nemesis makes of histories: those that can be of one life, and those that cannot."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from driver import Action, Hello, Order, OrderEvent, OrderStatus, Reason, ReceivedEvent, Side
from faults.nemesis import lives, streams
from faults.nemesis.checking import violations
from faults.nemesis.history import UNKNOWN, Connection, History, Operation

PENDING, EXECUTED, CANCELLED = OrderStatus
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
Outcome = OrderStatus | Reason | None


def operation(action: Action, sent: float, received: float, outcome: Outcome) -> Operation:
    return Operation(action, "ref", sent, received, outcome)


def placed(sent: float = 0, received: float = 1, outcome: Outcome = PENDING) -> Operation:
    return operation(Action.PLACE, sent, received, outcome)


def cancelled(sent: float, received: float, outcome: Outcome = CANCELLED) -> Operation:
    return operation(Action.CANCEL, sent, received, outcome)


def viewed(sent: float, received: float, outcome: Outcome) -> Operation:
    return operation(Action.VIEW, sent, received, outcome)


LOST = math.inf
UNKNOWN_ORDER, TOO_LATE = Reason.UNKNOWN_ORDER, Reason.TOO_LATE_TO_CANCEL
ALREADY, IN_PROGRESS = Reason.ALREADY_CANCELLED, Reason.CANCEL_PENDING

POSSIBLE: dict[str, tuple[OrderStatus | None, list[Operation]]] = {
    "executed": (EXECUTED, [placed(), viewed(1, 2, PENDING), viewed(2, 3, EXECUTED)]),
    "cancelled": (CANCELLED, [placed(), cancelled(1, 2), viewed(2, 3, CANCELLED)]),
    "too late": (EXECUTED, [placed(), cancelled(1, 2, TOO_LATE)]),
    "views at the same time": (
        EXECUTED,
        [placed(), viewed(1, 9, EXECUTED), viewed(2, 8, PENDING)],
    ),
    "viewed while it was placed": (EXECUTED, [placed(0, 9), viewed(1, 2, PENDING)]),
    "a lost order that came": (EXECUTED, [placed(0, LOST, UNKNOWN), viewed(5, 6, UNKNOWN_ORDER)]),
    "a lost order that never came": (None, [placed(0, LOST, UNKNOWN), viewed(5, 6, UNKNOWN_ORDER)]),
    "a lost cancel that counted": (CANCELLED, [placed(), cancelled(1, LOST, UNKNOWN)]),
    "a lost cancel that did not": (EXECUTED, [placed(), cancelled(1, LOST, UNKNOWN)]),
    "two cancels": (CANCELLED, [placed(), cancelled(1, 3), cancelled(2, 3, IN_PROGRESS)]),
    "two cancels, one lost": (
        CANCELLED,
        [placed(), cancelled(1, LOST, UNKNOWN), cancelled(4, 5, ALREADY)],
    ),
    "one reference twice": (EXECUTED, [placed(), placed(0, 1, Reason.DUPLICATE_REFERENCE)]),
}
IMPOSSIBLE: dict[str, tuple[OrderStatus | None, list[Operation], str]] = {
    "lost": (None, [placed()], "in no list"),
    "executed after an accepted cancel": (EXECUTED, [placed(), cancelled(1, 2)], "EXECUTED"),
    "pending after the end": (
        EXECUTED,
        [placed(), viewed(1, 2, EXECUTED), viewed(3, 4, PENDING)],
        "before it had ended",
    ),
    "unknown after it was accepted": (
        EXECUTED,
        [placed(), viewed(2, 3, UNKNOWN_ORDER)],
        "before it had become PENDING",
    ),
    "seen before it was placed": (EXECUTED, [placed(5, 6), viewed(1, 2, PENDING)], "it was placed"),
    "cancelled by nobody": (CANCELLED, [placed()], "no cancel was accepted"),
    "cancelled before the cancel": (
        CANCELLED,
        [placed(), viewed(1, 2, CANCELLED), cancelled(3, 4)],
        "the cancel was sent",
    ),
    "both ends seen": (CANCELLED, [placed(), cancelled(1, 2), viewed(1, 2, EXECUTED)], "CANCELLED"),
    "two accepted cancels": (
        CANCELLED,
        [placed(), cancelled(1, 2), cancelled(1, 2)],
        "2 requests to cancel an order were accepted",
    ),
    "one reference for two": (EXECUTED, [placed(), placed()], "2 requests to place an order"),
    "already cancelled by nobody": (
        CANCELLED,
        [placed(), cancelled(1, 2, ALREADY)],
        "no other such request",
    ),
    "in progress by nobody": (
        CANCELLED,
        [placed(), cancelled(1, 2, IN_PROGRESS), cancelled(3, 4)],
        "no other such request",
    ),
    "too late before it was executed": (
        EXECUTED,
        [placed(), cancelled(1, 2, TOO_LATE), viewed(3, 4, PENDING)],
        "before it had ended",
    ),
    "a reason for something else": (EXECUTED, [placed(0, 1, TOO_LATE), placed()], "too late"),
}


@pytest.mark.parametrize("name", POSSIBLE)
def test_a_history_that_can_be_of_one_life(name: str) -> None:
    end, operations = POSSIBLE[name]
    assert lives.contradictions(operations, {}, end) == []


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_history_that_cannot_be_of_one_life(name: str) -> None:
    end, operations, words = IMPOSSIBLE[name]
    assert words in "; ".join(lives.contradictions(operations, {}, end))


def test_an_event_bounds_the_end_too() -> None:
    operations = [placed(), viewed(5, 6, PENDING)]
    assert lives.contradictions(operations, {EXECUTED: 7}, EXECUTED) == []
    assert lives.contradictions(operations, {EXECUTED: 4}, EXECUTED) != []


def event(sequence: int, order_id: str, status: OrderStatus) -> OrderEvent:
    previous = None if status is PENDING else PENDING
    return OrderEvent(sequence, order_id, order_id, status, previous, NOON)


def order(order_id: str, status: OrderStatus) -> Order:
    return Order(order_id, order_id, "EURUSD", Side.BUY, Decimal(1), status, NOON, NOON)


STREAM = [event(1, "A", PENDING), event(2, "B", PENDING), event(3, "A", EXECUTED)]
STREAM.append(event(4, "B", CANCELLED))
LONGER = [*STREAM, event(5, "A", CANCELLED)]
LISTING = [order("A", EXECUTED), order("B", CANCELLED)]


def heard(events: Sequence[OrderEvent], sequence: int = 0, since: int | None = None) -> Connection:
    received = [ReceivedEvent(each, 9.0) for each in events]
    return Connection("Ann", since, Hello("stream", sequence), received, "")


WHOLE = History([], [heard(STREAM), heard(STREAM[2:], 2, 2)], [STREAM] * 3, [LISTING] * 3)


def test_a_whole_stream_is_right() -> None:
    assert list(streams.contradictions(WHOLE)) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"replays": [STREAM[1:]] * 3}, "the whole stream has event 2 where 1 is due"),
        ({"replays": [STREAM, STREAM[:1], STREAM]}, "replica 2 has 1 of 4 events"),
        ({"replays": [STREAM, STREAM, LONGER]}, "replica 3 has another event 5"),
        ({"replays": [STREAM[:3]] * 3}, "events of order B are PENDING, not"),
        ({"replays": [LONGER] * 3}, "PENDING, EXECUTED, CANCELLED"),
        ({"listings": [LISTING[:1]] * 3}, "order B is missing in the list"),
        ({"listings": [[*LISTING, LISTING[0]]] * 3}, "1 orders twice"),
        ({"listings": [LISTING, LISTING, LISTING[::-1]]}, "replicas 1 and 3 list different"),
        ({"listings": [[order("A", EXECUTED), order("B", EXECUTED)]] * 3}, "order B is EXECUTED"),
        ({"connections": [heard(STREAM[:1] + STREAM[2:])]}, "Ann has event 3 where 2 is due"),
        ({"connections": [heard([event(1, "B", PENDING)])]}, "another event 1 than the stream"),
        ({"connections": [heard(STREAM[3:], 3, 2)]}, "asked for all after 2, not 3"),
        (
            {"connections": [Connection("Ann", 9, None, [], "1008 since lies ahead")]},
            "rejected at position 9",
        ),
        (
            {"connections": [heard([]), replace(heard([]), hello=Hello("another", 0))]},
            "2 different streams",
        ),
    ],
)
def test_a_broken_stream_is_noticed(changed: dict[str, object], words: str) -> None:
    history = replace(WHOLE, **changed)  # type: ignore[arg-type]
    assert words in "; ".join(streams.contradictions(history))


def test_all_of_it_is_told_in_sentences() -> None:
    operations = [replace(placed(), reference=each) for each in "AC"]
    history = replace(WHOLE, operations=operations, broken=["An answer breaks the contract"])
    assert violations(history) == [
        "An answer breaks the contract",
        "order C: it was accepted, and in the end it is in no list",
        "order B is listed, and nobody placed it",
    ]
