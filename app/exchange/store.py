"""Where orders are kept, as the exchange sees it.

Every change is a compare-and-set, so that several servers can share one store. A change and the
event that tells of it are one commit: both are there, or neither.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain import Order, OrderStatus, StatusEvent

Publish = Callable[[StatusEvent], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows; None lets all pass."""

    status: OrderStatus | None = None
    symbol: str | None = None
    client_order_id: str | None = None

    def lets_pass(self, order: Order) -> bool:
        """Whether a list shows the order; references are not looked at."""
        return self.symbol in (None, order.symbol) and self.status in (None, order.status)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, oldest first; `next_after` is None on the last one."""

    orders: tuple[Order, ...]
    next_after: int | None


@dataclass(slots=True)
class CallTimes:
    """How many calls were answered, and how many seconds they took all together."""

    calls: int = 0
    seconds: float = 0.0


class OrderStore(Protocol):
    """Keeps orders in the sequence in which they were added; positions count from 1.

    A store that has a clock of its own sets the times of what it keeps, and of the event. Every
    method raises `StoreUnavailable` while the store cannot be reached.
    """

    @property
    def available(self) -> bool:
        """Whether the store could be reached when it was last asked for anything."""

    @property
    def call_times(self) -> CallTimes | None:
        """What calls took; None where none leaves the server."""

    async def open(self) -> None:
        """To be called before anything else."""

    async def close(self) -> None:
        """Lets go of what `open` took; nothing is called afterwards."""

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        """Keeps room and the client's reference for an order to come.

        Returns the id of the order that holds the reference: another than `order_id` if it was
        taken already, in which case nothing is reserved.

        Raises:
            CapacityReached: there is no room.
        """

    async def release(self, order_id: str, client_order_id: str | None) -> None:
        """Gives back what was reserved for an order that will not come."""

    async def add(self, order: Order, event: StatusEvent) -> Order:
        """Adds an order for which room was reserved, and publishes the event: the order as kept.

        Raises:
            DuplicateClientOrderId: the reservation ran out, and another order took the reference.
        """

    async def get(self, order_id: str) -> Order | None:
        """The order as it stands."""

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        """Puts `new` in the place of `expected` and publishes the event, if there is one.

        Returns the order as it is kept now; None, and nothing is done, if it is not as expected.
        """

    async def schedule(self, order: Order, seconds: float) -> None:
        """Says when the order is due, so that another server can execute it if this one dies."""

    async def overdue(self) -> Sequence[Order]:
        """Orders that should have been executed or cancelled by a server that is dead or busy."""

    async def counts(self) -> Mapping[OrderStatus, int]:
        """How many orders have each status."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        """At most `limit` orders that pass the filter now, at positions greater than `after`."""
