"""The life of an order: decide on arrival, assign after the delay, answer at once."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

from app.delays import Delay, Delays
from app.domain import (
    DuplicateClientOrderId,
    NewOrder,
    Order,
    OrderStatus,
    StatusEvent,
    UnknownOrder,
)
from app.exchange.store import OrderFilter, OrderStore, Page

Publish = Callable[[StatusEvent], Awaitable[None]]


class Exchange:
    """Takes orders and carries them out; of the orders themselves it keeps only the timers."""

    def __init__(self, store: OrderStore, publish: Publish, delays: Delays) -> None:
        self._store = store
        self._publish = publish
        self._delays = delays
        self._executions: set[asyncio.Task[None]] = set()
        self._closed = False

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        """Returns the order once it is PENDING; `start_execution` must follow.

        Raises:
            DuplicateClientOrderId, CapacityReached: at once, not after the delay.
        """
        order_id = await self._reserve(new)
        try:
            await delay.over()
        except BaseException:
            await self._store.release(order_id, new.client_order_id)
            raise
        order = Order.pending(order_id, new, self._delays.now())
        await self._store.add(order)
        await self._publish(StatusEvent.of(order, None))
        return order

    def start_execution(self, order: Order) -> None:
        """Starts the execution clock. To be called when the answer to `place` has left.

        A client that cancels within the shortest delay after the answer then always succeeds.
        """
        if self._closed:
            return
        execution = asyncio.create_task(self._execute(order.order_id, self._delays.draw()))
        self._executions.add(execution)
        execution.add_done_callback(self._executions.discard)

    async def cancel(self, order_id: str, delay: Delay) -> None:
        """Returns once the order is CANCELLED. From its arrival on nothing executes the order.

        Raises:
            UnknownOrder, TooLateToCancel, AlreadyCancelled, CancelPending: at once.
        """
        accepted = await self._accept_cancel(order_id)
        try:
            await delay.over()
        finally:
            await self._change_status(accepted, OrderStatus.CANCELLED)

    async def view(self, order_id: str, delay: Delay) -> Order:
        """Waits, then reads.

        Raises:
            UnknownOrder: there is no such order after the delay.
        """
        await delay.over()
        return await self._get(order_id)

    async def page(self, wanted: OrderFilter, after: int, limit: int, delay: Delay) -> Page:
        """Waits, then reads."""
        await delay.over()
        return await self._store.page(wanted, after, limit)

    def close(self) -> None:
        """Stops all executions and starts no more."""
        self._closed = True
        for execution in self._executions:
            execution.cancel()

    async def _reserve(self, new: NewOrder) -> str:
        order_id = str(uuid4())
        holder_id = await self._store.reserve(order_id, new.client_order_id)
        if holder_id != order_id:
            holder = await self._store.get(holder_id)
            # A holder that is not there yet is waiting to become PENDING.
            status = holder.status if holder else OrderStatus.PENDING
            raise DuplicateClientOrderId(holder_id, status)
        return order_id

    async def _accept_cancel(self, order_id: str) -> Order:
        while True:
            order = await self._get(order_id)
            accepted = order.accept_cancel()
            if await self._store.replace(order, accepted):
                return accepted

    async def _execute(self, order_id: str, delay: Delay) -> None:
        await delay.over()
        order = await self._get(order_id)
        if order.executable:  # no cancel came first
            await self._change_status(order, OrderStatus.EXECUTED)

    async def _change_status(self, order: Order, status: OrderStatus) -> None:
        """Publishes only if the change took place: whoever changes the order first wins."""
        changed = order.assign(status, self._delays.now())
        if await self._store.replace(order, changed):
            await self._publish(StatusEvent.of(changed, order.status))

    async def _get(self, order_id: str) -> Order:
        order = await self._store.get(order_id)
        if order is None:
            raise UnknownOrder
        return order
