"""The life of an order: decide on arrival, assign after the delay, answer at once."""

import asyncio
from uuid import uuid4

from app.delays import Delay, Delays
from app.domain import (
    DuplicateClientOrderId,
    NewOrder,
    Order,
    OrderStatus,
    StatusEvent,
    StoreUnavailable,
    UnknownOrder,
)
from app.exchange.store import OrderFilter, OrderStore, Page


class Exchange:
    """Takes orders and carries them out; of the orders themselves it keeps only the timers.

    The steps of an order's life are methods, which a subclass may take in another way: `reserve`,
    `find`, `execute` and `assign`. All state is in `store`, all time in `delays`.
    """

    def __init__(self, store: OrderStore, delays: Delays) -> None:
        self.store = store
        self.delays = delays
        self._executions: set[asyncio.Task[None]] = set()
        self._closed = False

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        """Returns the order once it is PENDING; `start_execution` must follow.

        Raises:
            DuplicateClientOrderId, CapacityReached: at once, not after the delay.
        """
        order_id = await self.reserve(new)
        try:
            await delay.over()
        except BaseException:
            await self.store.release(order_id, new.client_order_id)
            raise
        order = Order.pending(order_id, new, self.delays.now())
        return await self.store.add(order, StatusEvent.of(order, None))

    def start_execution(self, order: Order) -> None:
        """Starts the execution clock. To be called when the answer to `place` has left.

        A client that cancels within the shortest delay after the answer then always succeeds.
        """
        if self._closed:
            return
        execution = asyncio.create_task(self._carry_out(order, self.delays.draw()))
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
            await self.assign(accepted, OrderStatus.CANCELLED)

    async def view(self, order_id: str, delay: Delay) -> Order:
        """Waits, then reads.

        Raises:
            UnknownOrder: there is no such order after the delay.
        """
        await delay.over()
        return await self.find(order_id)

    async def page(self, wanted: OrderFilter, after: int, limit: int, delay: Delay) -> Page:
        """Waits, then reads."""
        await delay.over()
        return await self.store.page(wanted, after, limit)

    def close(self) -> None:
        """Stops all executions and starts no more."""
        self._closed = True
        for execution in self._executions:
            execution.cancel()

    async def reserve(self, new: NewOrder) -> str:
        """Keeps room and the client's reference for the order; its id.

        Raises:
            DuplicateClientOrderId, CapacityReached: nothing is reserved.
        """
        order_id = str(uuid4())
        holder_id = await self.store.reserve(order_id, new.client_order_id)
        if holder_id != order_id:
            holder = await self.store.get(holder_id)
            # A holder that is not there yet is waiting to become PENDING.
            status = holder.status if holder else OrderStatus.PENDING
            raise DuplicateClientOrderId(holder_id, status)
        return order_id

    async def find(self, order_id: str) -> Order:
        """The order as it stands.

        Raises:
            UnknownOrder: there is none.
        """
        order = await self.store.get(order_id)
        if order is None:
            raise UnknownOrder
        return order

    async def take_over(self, order: Order) -> Order | None:
        """Ends the life of an overdue order as it was bound to end; None if somebody else has."""
        wanted = OrderStatus.CANCELLED if order.cancel_pending else OrderStatus.EXECUTED
        return await self.assign(order, wanted)

    async def execute(self, order: Order, delay: Delay) -> None:
        """Executes the order after the delay, unless a cancel is accepted before."""
        await delay.over()
        await self.assign(order, OrderStatus.EXECUTED)

    async def assign(self, order: Order, status: OrderStatus) -> Order | None:
        """Gives the order its next status; None if it is not as given: whoever is first wins."""
        changed = order.assign(status, self.delays.now())
        return await self.store.commit(order, changed, StatusEvent.of(changed, order.status))

    async def _carry_out(self, order: Order, delay: Delay) -> None:
        try:
            await self.store.schedule(order, delay.seconds)
            await self.execute(order, delay)
        except StoreUnavailable:
            return  # the order is overdue, and is taken over when the store is back

    async def _accept_cancel(self, order_id: str) -> Order:
        while True:
            order = await self.find(order_id)
            if accepted := await self.store.commit(order, order.accept_cancel()):
                return accepted
