"""What is written without the models is what the models describe."""

import re
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain import NewOrder, Order, OrderStatus, Side, StatusEvent
from app.domain.rules import QUANTITY_PATTERN, read_quantity
from app.edges.messages import (
    OrderList,
    OrderStatusEvent,
    OrderView,
    as_json,
    order_json,
    page_json,
    serialise_event,
)
from app.edges.order_texts import OrderTexts
from app.edges.queries import cursor, read_cursor

moments = st.datetimes(timezones=st.just(UTC))
references = st.none() | st.from_regex("[A-Za-z0-9._-]{1,64}", fullmatch=True)
quantities = st.decimals(min_value=Decimal("0.00000001"), max_value=10**9, places=8)
orders = st.builds(
    Order,
    order_id=st.uuids().map(str),
    client_order_id=references,
    symbol=st.from_regex("[A-Z]{6}", fullmatch=True),
    side=st.sampled_from(Side),
    quantity=quantities,
    status=st.sampled_from(OrderStatus),
    created_at=moments,
    updated_at=moments,
)


def order() -> Order:
    new = NewOrder("EURUSD", Side.BUY, Decimal("100.50"))
    return Order.pending(
        "0b1ff1a4-5d2c-4a8e-9c39-6f1f6d1f7d11", new, datetime(2026, 1, 2, tzinfo=UTC)
    )


@given(orders)
def test_an_order_reads_as_its_model_writes_it(order: Order) -> None:
    text = order_json(order).decode()
    assert as_json(OrderView.model_validate_json(text, by_alias=True)) == text


@given(st.lists(orders, max_size=3), st.none() | st.integers(1, 10**9).map(cursor))
def test_a_page_reads_as_its_model_writes_it(listed: list[Order], next_cursor: str | None) -> None:
    text = page_json(map(order_json, listed), next_cursor).decode()
    assert as_json(OrderList.model_validate_json(text, by_alias=True)) == text


@given(st.integers(1, 10**12), orders, st.none() | st.sampled_from(OrderStatus))
def test_an_event_reads_as_its_model_writes_it(
    sequence: int, order: Order, previous: OrderStatus | None
) -> None:
    text = serialise_event(sequence, StatusEvent.of(order, previous))
    assert as_json(OrderStatusEvent.model_validate_json(text, by_alias=True)) == text


def test_an_order_is_written_once_for_each_status() -> None:
    texts, pending = OrderTexts(), order()
    executed = pending.assign(OrderStatus.EXECUTED, pending.created_at)
    assert texts.of(pending) is texts.of(pending)
    assert b"EXECUTED" in texts.of(executed)
    assert b"PENDING" in texts.of(pending)


def test_a_bounded_number_of_texts_is_kept() -> None:
    texts, first = OrderTexts(kept=1), order()
    text = texts.of(first)
    texts.of(order())
    assert texts.of(first) == text


@given(
    st.from_regex(QUANTITY_PATTERN, fullmatch=True)
    | st.from_regex(r"-?[01]?[0-9]{1,10}(\.[0-9]{0,11})?", fullmatch=True)
)
def test_the_published_form_of_a_quantity_is_the_one_that_is_read(text: str) -> None:
    try:
        read_quantity(text)
        is_read = True
    except ValueError:
        is_read = False
    assert is_read is bool(re.fullmatch(QUANTITY_PATTERN, text, re.ASCII))


@given(st.integers(0, 2**60 - 1))
def test_a_cursor_is_read_as_it_was_written(position: int) -> None:
    assert read_cursor(cursor(position)) == position
