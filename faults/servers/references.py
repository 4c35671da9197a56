"""Servers that compare references loosely, or tell the wrong thing about their first order."""

from dataclasses import replace
from uuid import uuid4

from app.domain import OrderStatus
from app.exchange import InMemoryOrderStore, OrderFilter, Page
from app.wiring import Parts
from faults.altering import HttpAnswer, altering_answers
from faults.fault import REFERRED, Fault


class _InAnyCase(InMemoryOrderStore):
    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        return await super().reserve(order_id, _small(client_order_id))

    async def release(self, order_id: str, client_order_id: str | None) -> None:
        await super().release(order_id, _small(client_order_id))

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        small = replace(wanted, client_order_id=_small(wanted.client_order_id))
        return await super().page(small, after, limit)


def _small(reference: str | None) -> str | None:
    return reference and reference.lower()


class _InFlightUnknown(InMemoryOrderStore):
    """Tells another ID while the first order waits for its acceptance."""

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        holder = await super().reserve(order_id, client_order_id)
        is_in_flight = holder != order_id and await self.get(holder) is None
        return str(uuid4()) if is_in_flight else holder


def _always_pending(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem != "duplicate-client-order-id":
        return answer
    return answer.with_json(answer.json | {"orderStatus": OrderStatus.PENDING})


FAULTS = (
    Fault(
        "references-compared-in-any-case",
        breaks="Capital letters in a reference differ from small ones.",
        about=("placing_orders: References that differ in case are different references",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(store=_InAnyCase),
        selection=REFERRED,
    ),
    Fault(
        "duplicate-tells-wrong-status",
        breaks="The rejection of a used reference tells the first order's status.",
        about=("placing_orders: The rejection of a used reference names the <status> order",),
        rule="Placing orders: A reference can be used for one accepted order only",
        wrap=altering_answers(_always_pending),
        selection=REFERRED,
    ),
    Fault(
        "duplicate-in-flight-names-another-order",
        breaks="The rejection of a used reference names the first order, accepted yet or not.",
        about=("placing_orders: Only one of several simultaneous orders with the same reference",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(store=_InFlightUnknown),
        selection=REFERRED,
    ),
)
