"""Orders, their transitions and the rules of their fields."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import (
    TRANSITIONS,
    AlreadyCancelled,
    CancelPending,
    IllegalTransition,
    NewOrder,
    Order,
    OrderStatus,
    Side,
    StatusEvent,
    TooLateToCancel,
)
from app.domain.rules import (
    plain,
    read_client_order_id,
    read_quantity,
    read_side,
    read_symbol,
)

PENDING, EXECUTED, CANCELLED = OrderStatus
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=1)

statuses = st.sampled_from(OrderStatus)
quantities = st.decimals(min_value=Decimal("0.00000001"), max_value=10**9, places=8)


def pending_order() -> Order:
    return Order.pending("id", NewOrder("EURUSD", Side.BUY, Decimal(100), "ref"), NOON)


def test_every_status_has_its_transitions() -> None:
    assert set(TRANSITIONS) == {None, *OrderStatus}


def test_an_order_begins_pending() -> None:
    order = pending_order()
    assert order.status in TRANSITIONS[None]
    assert order.created_at == order.updated_at == NOON
    assert order.executable


@given(st.lists(statuses, max_size=6))
def test_any_history_is_pending_then_at_most_one_final_status(wanted: list[OrderStatus]) -> None:
    order = pending_order()
    history = [order.status]
    for status in wanted:
        try:
            order = order.assign(status, LATER)
        except IllegalTransition:
            assert status not in TRANSITIONS[order.status]
        else:
            history.append(order.status)
    assert history in ([PENDING], [PENDING, EXECUTED], [PENDING, CANCELLED])


@given(statuses)
def test_assigning_a_status_changes_only_status_and_time(status: OrderStatus) -> None:
    order = pending_order()
    if status in TRANSITIONS[order.status]:
        assigned = order.assign(status, LATER)
        assert (assigned.status, assigned.updated_at) == (status, LATER)
        assert assigned.created_at == NOON
        assert StatusEvent.of(assigned, order.status).occurred_at == LATER


def test_an_accepted_cancel_rules_out_execution() -> None:
    accepted = pending_order().accept_cancel()
    assert accepted.status is PENDING
    assert not accepted.executable
    with pytest.raises(IllegalTransition):
        accepted.assign(EXECUTED, LATER)
    assert accepted.assign(CANCELLED, LATER).status is CANCELLED


@pytest.mark.parametrize(
    ("order", "rejection"),
    [
        (pending_order().assign(EXECUTED, LATER), TooLateToCancel),
        (pending_order().assign(CANCELLED, LATER), AlreadyCancelled),
        (pending_order().accept_cancel(), CancelPending),
    ],
)
def test_a_cancel_is_rejected_for_its_own_reason(
    order: Order, rejection: type[TooLateToCancel]
) -> None:
    with pytest.raises(rejection) as rejected:
        order.accept_cancel()
    assert (rejected.value.order_id, rejected.value.status) == (order.order_id, order.status)


@given(quantities)
def test_a_quantity_is_read_exactly_from_number_and_text(quantity: Decimal) -> None:
    assert read_quantity(quantity) == read_quantity(f"{quantity:f}") == quantity


@given(quantities)
def test_the_plain_form_has_no_exponent_and_no_trailing_zeros(quantity: Decimal) -> None:
    text = plain(quantity)
    assert Decimal(text) == quantity
    assert set(text) <= set("0123456789.")
    assert "." not in text or text[-1] not in "0."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+2"), "100"),
        ("100.50", "100.5"),
        ("0.00000001", "0.00000001"),
        (Decimal("1000000000.00000000"), "1000000000"),
    ],
)
def test_quantities_at_the_edges_are_accepted(value: object, text: str) -> None:
    assert plain(read_quantity(value)) == text


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (Decimal(0), "must be greater than 0"),
        (Decimal("-0.00000001"), "must be greater than 0"),
        ("-1", "must be greater than 0"),
        (Decimal("1000000000.00000001"), "must be at most 1000000000"),
        (Decimal("1e999"), "must be at most 1000000000"),
        (Decimal("9" * 5000), "must be at most 1000000000"),
        (Decimal("0.000000001"), "must have at most 8 decimal places"),
        (Decimal("1." + "0" * 40 + "1"), "must have at most 8 decimal places"),
        (Decimal("1e-99999"), "must have at most 8 decimal places"),
    ],
)
def test_a_quantity_out_of_bounds_is_rejected_with_its_rule(value: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        read_quantity(value)


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, None, [], {}, 1.5, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")),
        *("", "ten", "NaN", "Infinity", "1e2", "1_000", " 1", "+1", "01", "1.", ".5", "0x10"),
        *("\uff11", "1\n", "1 ", "--1", "\ud800"),
    ],
)
def test_what_is_no_plain_number_is_rejected_as_a_quantity(value: object) -> None:
    with pytest.raises(ValueError, match="must be a plain decimal number"):
        read_quantity(value)


@pytest.mark.parametrize(
    "value", ["", "EURUS", "EURUSDX", "eurusd", "EUR/US", "EURUSD\n", "ÄURUSD", None, 5, ["EURUSD"]]
)
def test_a_bad_symbol_is_rejected(value: object) -> None:
    with pytest.raises(ValueError, match="six capital letters"):
        read_symbol(value)


@pytest.mark.parametrize("value", ["", "buy", "HOLD", "BUY ", None, True, [], {}])
def test_a_bad_side_is_rejected(value: object) -> None:
    with pytest.raises(ValueError, match="must be BUY or SELL"):
        read_side(value)


@pytest.mark.parametrize("value", ["", "a" * 65, "a b", "a/b", "ä", "a\n", 5, [], "\ud800"])
def test_a_bad_client_order_id_is_rejected(value: object) -> None:
    with pytest.raises(ValueError, match="must be 1 to 64 of the characters"):
        read_client_order_id(value)


@given(st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True))
def test_a_good_client_order_id_is_kept_as_it_is(value: str) -> None:
    assert read_client_order_id(value) == value
