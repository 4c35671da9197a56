"""Servers that show something else than was ordered."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.delays import Delay
from app.domain import NewOrder, Order, Side
from app.edges.messages import OrderRequest
from app.exchange import Exchange
from app.wiring import Parts
from faults.altering import HttpAnswer, altering_answers
from faults.fault import SHOWN, Fault


class _SellsBecomeBuys(Exchange):
    async def place(self, new: NewOrder, delay: Delay) -> Order:
        return await super().place(replace(new, side=Side.BUY), delay)


class _QuantityThroughFloat(OrderRequest):
    def order(self) -> NewOrder:
        new = super().order()
        return replace(new, quantity=Decimal(str(float(new.quantity))))


class _ReferenceInLowerCase(OrderRequest):
    def order(self) -> NewOrder:
        new = super().order()
        reference = new.client_order_id
        return replace(new, client_order_id=reference.lower() if reference else None)


class _GeneratedReference(OrderRequest):
    def order(self) -> NewOrder:
        new = super().order()
        return replace(new, client_order_id=new.client_order_id or f"auto-{id(new)}")


def _all_decimals(answer: HttpAnswer) -> HttpAnswer:
    return _with_orders(answer, lambda order: {"quantity": f"{Decimal(order['quantity']):.8f}"})


def _frozen_update(answer: HttpAnswer) -> HttpAnswer:
    return _with_orders(answer, lambda order: {"updatedAt": order["createdAt"]})


def _with_orders(answer: HttpAnswer, change: Any) -> HttpAnswer:
    document = answer.json
    for order in document.get("orders", [document] if "symbol" in document else []):
        order.update(change(order))
    return answer.with_json(document) if document else answer


def _without_location(answer: HttpAnswer) -> HttpAnswer:
    headers = {name: value for name, value in answer.headers.items() if name != "location"}
    return replace(answer, headers=headers)


FAULTS = (
    Fault(
        "sells-become-buys",
        breaks="An order shows the side that was ordered.",
        about=('order_validation: A <field> of <value> is accepted … field=side, value="SELL"',),
        rule="Order validation: Every valid value is accepted, and shown exactly as ordered",
        parts=Parts(exchange=_SellsBecomeBuys),
        selection=SHOWN,
    ),
    Fault(
        "quantity-through-a-float",
        breaks="A quantity is exact, to 8 decimal places.",
        about=(
            "order_validation: A <field> of <value> is accepted … field=quantity, value=999999999",
        ),
        rule="Order validation: Every valid value is accepted, and shown exactly as ordered",
        parts=Parts(order_request=_QuantityThroughFloat),
        selection=SHOWN,
    ),
    Fault(
        "quantity-with-trailing-zeros",
        breaks="A quantity is shown without trailing zeros.",
        about=("order_validation: A quantity of <sent> is shown plainly",),
        rule="Order validation: A quantity is shown as a plain decimal number",
        wrap=altering_answers(_all_decimals),
        selection=SHOWN,
    ),
    Fault(
        "reference-in-lower-case",
        breaks="An order shows the client's own reference.",
        about=("placing_orders: The reference is shown with the order and with every event",),
        rule="Placing orders: A trader's own reference is shown",
        parts=Parts(order_request=_ReferenceInLowerCase),
        selection=SHOWN,
    ),
    Fault(
        "reference-invented",
        breaks="An order without a reference shows null.",
        about=("placing_orders: An order without a reference shows none",),
        rule="Placing orders: A trader's own reference is shown",
        parts=Parts(order_request=_GeneratedReference),
        selection=SHOWN,
    ),
    Fault(
        "update-time-never-moves",
        breaks="`updatedAt` is the time at which the current status was assigned.",
        about=("viewing_orders: An executed order", "viewing_orders: A cancelled order"),
        rule="Order events: Every event carries the time",
        wrap=altering_answers(_frozen_update),
        selection=SHOWN,
    ),
    Fault(
        "no-location",
        breaks="The response to a placed order gives the order's address.",
        about=("placing_orders: A valid order is accepted",),
        rule="Responses: Every response has the promised form",
        wrap=altering_answers(_without_location),
        selection=SHOWN,
    ),
)
