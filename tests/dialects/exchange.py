"""A small exchange without a wire: what the servers of this folder have in common.

It is written for these tests alone and knows nothing of the project's contract. Faults are ways of
it, so that each can be put behind any of the servers.
"""

import asyncio
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum

PENDING, EXECUTED, CANCELLED = "PENDING", "EXECUTED", "CANCELLED"


class Fault(Enum):
    """How one of the servers can be wrong."""

    NONE = "none"
    LOSES_EXECUTIONS = "some executions are not announced"
    EXECUTES_CANCELLED = "a cancel does not stop the execution"
    CANCELS_EXECUTED = "an executed order can be cancelled"
    ACCEPTS_ZERO = "an order for nothing is accepted"
    SKIPS_SECOND = "every second subscriber misses some events"
    REPEATS_EXECUTED = "EXECUTED is announced twice"
    LOSES_LAST = "a list lacks its last order"
    SHOWS_OLD = "a view shows the status that the order had first"


class Refused(Exception):
    """Why the exchange turns something down; the server says it in its own way."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(f"{reason}: {about}")
        self.reason = reason
        self.about = about


@dataclass
class Order:
    """An order; `number` counts from 1."""

    number: int
    symbol: str
    side: str
    quantity: Decimal
    reference: str | None
    status: str = PENDING
    identity: str = field(default_factory=lambda: str(uuid.uuid4()))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))
    decided: bool = False  # no longer to be executed
    shown: str = PENDING


@dataclass(frozen=True)
class Event:
    """A status that was given to an order."""

    number: int
    order: Order
    status: str
    previous: str | None
    at: datetime


Listener = Callable[[Event], None]


class Exchange:
    """Places, cancels and executes orders after random delays, and tells its listeners."""

    def __init__(self, delays: tuple[float, float], fault: Fault) -> None:
        self._delays = delays
        self.fault = fault
        self.orders: list[Order] = []
        self.events = 0
        self._listeners: list[Listener] = []
        self._executions: set[asyncio.Task[None]] = set()
        self._references: set[str] = set()

    async def delay(self) -> None:
        """Waits as long as an answer is to take."""
        await asyncio.sleep(random.uniform(*self._delays))

    async def place(
        self, symbol: str, quantity: Decimal, side: str = "BUY", reference: str | None = None
    ) -> Order:
        """Places an order, which is PENDING when this returns."""
        if reference is not None and reference in self._references:
            await self.delay()
            raise Refused("duplicate")
        self._references.add(reference or "")
        await self.delay()
        order = Order(len(self.orders) + 1, symbol, side, quantity, reference)
        self.orders.append(order)
        order.updated = order.created
        self._tell(order, None)
        task = asyncio.create_task(self._execute(order))
        self._executions.add(task)
        task.add_done_callback(self._executions.discard)
        return order

    async def view(self, number: int | None) -> Order:
        """The order; raises Refused if there is none."""
        await self.delay()
        if number is None or not 0 < number <= len(self.orders):
            raise Refused("unknown")
        order = self.orders[number - 1]
        order.shown = PENDING if self.fault is Fault.SHOWS_OLD else order.status
        return order

    async def listed(self) -> list[Order]:
        """All orders, oldest first."""
        await self.delay()
        for order in self.orders:
            order.shown = order.status
        return self.orders[:-1] if self.fault is Fault.LOSES_LAST else self.orders

    async def cancel(self, number: int | None) -> Order:
        """Cancels the order: decided at once, done after the delay."""
        order = self.orders[number - 1] if number and 0 < number <= len(self.orders) else None
        try:
            self._require_pending(order)
        except Refused:
            await self.delay()
            raise
        assert order is not None, "it is pending"
        order.decided = True
        await self.delay()
        self._assign(order, CANCELLED)
        order.shown = CANCELLED
        return order

    def number_of(self, identity: str) -> int | None:
        """The number of the order with this identity; None if there is none."""
        return next((each.number for each in self.orders if each.identity == identity), None)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tells the listener of every event from now on, until what this returns is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _require_pending(self, order: Order | None) -> None:
        if order is None:
            raise Refused("unknown")
        if order.status == EXECUTED and self.fault is not Fault.CANCELS_EXECUTED:
            raise Refused("executed")
        if order.status == CANCELLED:
            raise Refused("cancelled")
        if order.decided and order.status == PENDING:
            raise Refused("cancelling")

    async def _execute(self, order: Order) -> None:
        await self.delay()
        if not order.decided or self.fault is Fault.EXECUTES_CANCELLED:
            self._assign(order, EXECUTED)

    def _assign(self, order: Order, status: str) -> None:
        previous, order.status, order.updated = order.status, status, datetime.now(UTC)
        if status == EXECUTED and self.fault is Fault.LOSES_EXECUTIONS and order.number % 3 == 0:
            return
        for _ in range(2 if status == EXECUTED and self.fault is Fault.REPEATS_EXECUTED else 1):
            self._tell(order, previous)

    def _tell(self, order: Order, previous: str | None) -> None:
        self.events += 1
        event = Event(self.events, order, order.status, previous, order.updated)
        for place, listener in enumerate(list(self._listeners)):
            missed = self.fault is Fault.SKIPS_SECOND and place % 2 and order.number % 2
            if not (missed and previous):
                listener(event)
