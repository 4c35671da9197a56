"""What clients asked for, and what they were told: the history that is checked afterwards."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from driver import Action, Hello, Order, OrderEvent, OrderStatus, Reason, ReceivedEvent

UNKNOWN = None
"""The outcome of a request whose answer never came, or was that nobody knows: it may count or not.
"""


@dataclass(frozen=True, slots=True)
class Operation:
    """One request about the order of one reference, sent and answered at these times in seconds.

    The outcome is the status that the order was shown with or given, or why the request was
    rejected, or `UNKNOWN`.
    """

    action: Action
    reference: str
    sent: float
    received: float
    outcome: OrderStatus | Reason | None

    @property
    def may_have_worked(self) -> bool:
        """Whether what it asked for was done, or may have been."""
        return not isinstance(self.outcome, Reason)


@dataclass(frozen=True, slots=True)
class Connection:
    """What one subscription received; `since` is None for one without a replay."""

    subscriber: str
    since: int | None
    hello: Hello | None
    events: Sequence[ReceivedEvent]
    ending: str
    """How the server ended it; empty if it did not."""


@dataclass(frozen=True, slots=True)
class History:
    """All that was asked and heard, and what the servers say at the end.

    `replays` and `listings` are each server's whole stream and whole list. `broken` are answers and
    frames that had another form than the contract promises.
    """

    operations: Sequence[Operation]
    connections: Sequence[Connection]
    replays: Sequence[Sequence[OrderEvent]]
    listings: Sequence[Sequence[Order]]
    broken: Sequence[str] = ()

    def operations_by_order(self) -> Mapping[str, list[Operation]]:
        """The operations on each order, by its reference."""
        found: dict[str, list[Operation]] = defaultdict(list)
        for each in self.operations:
            found[each.reference].append(each)
        return found

    def first_heard(self) -> Mapping[tuple[str | None, OrderStatus], float]:
        """When the first subscriber heard that the order of a reference got a status."""
        heard: dict[tuple[str | None, OrderStatus], float] = defaultdict(lambda: math.inf)
        for each in (event for connection in self.connections for event in connection.events):
            key = each.event.reference, each.event.status
            heard[key] = min(heard[key], each.received)
        return heard
