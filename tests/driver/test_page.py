"""The page's port without a browser: what can be said on the page, and what its tape showed."""

import pytest

from driver import Draft, NotOffered, OrderStatus, Side, Unquoted
from driver.page.shown import Texts, event
from driver.page.tape import Tape
from driver.page.wording import filters_of, ticket_of

ORDER: Draft = {
    "symbol": "EURUSD",
    "side": Side.BUY,
    "quantity": Unquoted("100.5"),
    "reference": "R",
}


def line(sequence: int, status: str = "PENDING") -> Texts:
    return {
        "sequence": sequence,
        "orderId": "an-order",
        "clientOrderId": "R",
        "orderStatus": status,
        "previousStatus": "" if status == "PENDING" else "PENDING",
        "occurredAt": "2026-01-02T12:00:00.000001Z",
    }


def test_an_order_is_filled_in_as_it_is_worded() -> None:
    ticket = ticket_of(ORDER)
    assert ticket.side is Side.BUY
    assert ticket.texts == {"symbol": "EURUSD", "quantity": "100.5", "reference": "R"}


@pytest.mark.parametrize("missing", ["symbol", "side", "quantity", "reference"])
def test_what_is_missing_is_left_empty(missing: str) -> None:
    ticket = ticket_of({name: value for name, value in ORDER.items() if name != missing})
    assert "" in ticket.texts.values() or ticket.side is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"side": "HOLD"},
        {"quantity": Unquoted("1e2")},
        {"quantity": Unquoted("NaN")},
        {"quantity": True},
        {"symbol": ["EURUSD"]},
        {"symbol": "EUR\ud800"},
        {"reference": ""},
    ],
)
def test_what_no_ticket_can_say_is_not_offered(wrong: Draft) -> None:
    with pytest.raises(NotOffered):
        ticket_of({**ORDER, **wrong})


@pytest.mark.parametrize(
    "filters", [{"limit": 2}, {"cursor": "x"}, {"status": "NEW"}, {"symbol": ""}]
)
def test_what_no_filter_can_say_is_not_offered(filters: dict[str, object]) -> None:
    with pytest.raises(NotOffered):
        filters_of(filters)


def test_filters_are_chosen_and_typed() -> None:
    chosen = filters_of({"status": OrderStatus.EXECUTED, "symbol": "EURUSD"})
    assert chosen == {"status": "EXECUTED", "symbol": "EURUSD", "reference": ""}


def test_a_tape_that_shows_what_was_sent_has_no_findings() -> None:
    tape = Tape()
    tape.take([line(8), line(9, "EXECUTED")])
    assert tape.findings(7, [event(line(8)), event(line(9, "EXECUTED"))], 0) == []


def test_a_tape_is_blamed_for_doubles_gaps_and_changes() -> None:
    tape = Tape()
    tape.take([line(8), line(8), line(10, "EXECUTED")])
    sent = [event(line(8)), event(line(9)), event(line(10, "CANCELLED"))]
    found = tape.findings(7, sent, 0)
    assert [each.partition(" event ")[0] for each in found] == ["shows", "does not show", "shows"]
    assert "twice" in found[0]


def test_a_tape_is_not_blamed_for_what_was_before_it() -> None:
    assert Tape().findings(9, [event(line(9))], 0) == []
