"""Servers whose rejected orders leave a trace, or that lose track of the clients' references."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from starlette.requests import Request

from app.delays import Delay
from app.domain import DuplicateClientOrderId, NewOrder, Order, OrderStatus, Side, StatusEvent
from app.edges.json_body import read_json
from app.edges.messages import OrderRequest
from app.edges.orders import OrdersApi
from app.edges.validation import InvalidOrder
from app.exchange import Exchange, InMemoryOrderStore
from app.wiring import Parts
from faults.fault import REFERRED, Fault


class _TracedRejections(OrdersApi):
    async def read_order(self, request: Request) -> OrderRequest:
        await request.body()  # so that it can be read again
        try:
            return await super().read_order(request)
        except InvalidOrder:
            document = await read_json(request)
            reference = document.get("clientOrderId") if isinstance(document, dict) else None
            if isinstance(reference, str) and reference:
                new = NewOrder("EURUSD", Side.BUY, Decimal(1), reference)
                await self._leave_trace(new)
            raise

    async def _leave_trace(self, new: NewOrder) -> None:
        raise NotImplementedError


class _RejectionReserves(_TracedRejections):
    async def _leave_trace(self, new: NewOrder) -> None:
        await self.exchange.reserve(new)


class _RejectionIsAnnounced(_TracedRejections):
    async def _leave_trace(self, new: NewOrder) -> None:
        store = self.exchange.store
        assert isinstance(store, InMemoryOrderStore)
        await store.publish(_as_if_placed(new.client_order_id))


class _DuplicateIsAnnounced(InMemoryOrderStore):
    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        holder = await super().reserve(order_id, client_order_id)
        if holder != order_id:
            await self.publish(_as_if_placed(client_order_id))
        return holder


def _as_if_placed(reference: str | None) -> StatusEvent:
    return StatusEvent(str(uuid4()), reference, OrderStatus.PENDING, None, datetime.now(UTC))


class _DuplicateNamesAnotherOrder(Exchange):
    async def reserve(self, new: NewOrder) -> str:
        try:
            return await super().reserve(new)
        except DuplicateClientOrderId:
            raise DuplicateClientOrderId(str(uuid4()), OrderStatus.PENDING) from None


class _ReferencesReusable(Exchange):
    async def place(self, new: NewOrder, delay: Delay) -> Order:
        order = await super().place(new, delay)
        await self.store.release(order.order_id, order.client_order_id)
        return order


class _CancelFreesReference(Exchange):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        await super().cancel(order_id, delay)
        order = await self.find(order_id)
        await self.store.release(order_id, order.client_order_id)


class _ReservesAfterTheDelay(InMemoryOrderStore):
    """Checks a reference on arrival but takes it later: two simultaneous ones are both accepted."""

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        holder = await super().reserve(order_id, client_order_id)
        if holder == order_id and client_order_id is not None:
            del self.holders[client_order_id]
        return holder

    async def add(self, order: Order, event: StatusEvent) -> Order:
        added = await super().add(order, event)
        if order.client_order_id is not None:
            self.holders[order.client_order_id] = order.order_id
        return added


FAULTS = (
    Fault(
        "rejection-reserves-the-reference",
        breaks="A rejected order does not use up its reference.",
        about=("placing_orders: A rejected order does not use up its reference",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(orders_api=_RejectionReserves),
        selection=REFERRED,
    ),
    Fault(
        "rejected-order-announced",
        breaks="No event is sent for a rejected order.",
        about=("placing_orders: An order with zero quantity is rejected",),
        rule="Placing orders: A rejected order appears in no list and no event",
        parts=Parts(orders_api=_RejectionIsAnnounced),
        selection=REFERRED,
    ),
    Fault(
        "duplicate-announced",
        breaks="No event is sent for an order that was rejected because of its reference.",
        about=("placing_orders: A used reference is rejected",),
        rule="Placing orders: A rejected order appears in no list and no event",
        parts=Parts(store=_DuplicateIsAnnounced),
        selection=REFERRED,
    ),
    Fault(
        "references-reusable",
        breaks="A reference is unique per server.",
        about=("placing_orders: A used reference is rejected",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(exchange=_ReferencesReusable),
        selection=REFERRED,
    ),
    Fault(
        "cancel-frees-the-reference",
        breaks="A reference stays used, whatever happens to its order.",
        about=("placing_orders: A reference stays used after its order is cancelled",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(exchange=_CancelFreesReference),
        selection=REFERRED,
    ),
    Fault(
        "reference-reserved-too-late",
        breaks="A reference is reserved when the order arrives, so only one order has it.",
        about=("placing_orders: Only one of several simultaneous orders with the same reference",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(store=_ReservesAfterTheDelay),
        selection=REFERRED,
    ),
    Fault(
        "duplicate-names-another-order",
        breaks="The rejection of a used reference names the first order.",
        about=("placing_orders: A used reference is rejected",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(exchange=_DuplicateNamesAnotherOrder),
        selection=REFERRED,
    ),
)
