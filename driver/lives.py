"""The life of an order, as its events tell it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from driver.messages import ReceivedEvent
from driver.vocabulary import OrderStatus


@dataclass(frozen=True, slots=True)
class Life:
    """The events of one order that one subscriber has received, in the order received."""

    events: Sequence[ReceivedEvent]

    @classmethod
    def of_each(cls, events: Iterable[ReceivedEvent]) -> dict[str, Self]:
        """The lives of all orders by their IDs, in the order of their first events."""
        grouped: dict[str, list[ReceivedEvent]] = defaultdict(list)
        for received in events:
            grouped[received.event.order_id].append(received)
        return {order_id: cls(of_order) for order_id, of_order in grouped.items()}

    def first(self, status: OrderStatus) -> ReceivedEvent | None:
        """The first event that gives the order this status; None if none has come yet."""
        return next((each for each in self.events if each.event.status is status), None)

    @property
    def execution_seconds(self) -> float | None:
        """From PENDING to EXECUTED by the server's own record; None unless both have come."""
        pending, executed = self.first(OrderStatus.PENDING), self.first(OrderStatus.EXECUTED)
        if pending is None or executed is None:
            return None
        return (executed.event.occurred_at - pending.event.occurred_at).total_seconds()
