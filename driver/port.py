"""The trading port: what a scenario needs of a system, through whatever door.

HTTP with WebSocket is one implementation (`driver.orders`, `driver.recorder`). A method returns
what the system said, with the times of sending and receiving, and judges nothing; it raises
ServerUnreachable, AnswerOverdue or ContractViolation.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from driver.errors import ContractViolation
from driver.messages import (
    Answer,
    Disconnection,
    Draft,
    Hello,
    LoggedRequest,
    Order,
    OrderPage,
    ReceivedEvent,
    Rejection,
)
from driver.vocabulary import (
    Action,
    Capability,
    DisconnectReason,
    Document,
    Malformed,
    Means,
    OrderStatus,
    Stranger,
    Unsupported,
)


class Subscription(Protocol):
    """One subscriber and all that it has received.

    All waits end as soon as what they wait for has happened, or when the connection ends, and say
    False when their deadline (in seconds) passes first.
    """

    @property
    def disconnection(self) -> Disconnection | None:
        """How the server ended the subscription; None as long as it has not."""

    @property
    def hello(self) -> Hello | None:
        """The server's confirmation; None if it ended the connection instead."""

    @property
    def violations(self) -> Sequence[ContractViolation]:
        """The frames that broke the contract."""

    @property
    def events(self) -> Sequence[ReceivedEvent]:
        """Everything received until now, in the order received."""

    @property
    def last_sequence(self) -> int:
        """The number of the newest event received, or of the hello before the first."""

    def events_of(self, order_id: str) -> Sequence[ReceivedEvent]:
        """What was received until now about one order."""

    def wait(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Waits until `happened`, re-evaluated after each frame."""

    def wait_for_status(self, order_id: str, status: OrderStatus, seconds: float) -> bool:
        """Waits until the event that gives `order_id` this status has been received."""

    def wait_for_disconnection(self, seconds: float) -> bool:
        """Waits until the server has closed the connection."""

    def ended_for(self, reason: DisconnectReason) -> bool:
        """Whether the server ended this subscription in the way that is promised for `reason`."""

    def promised_end(self, reason: DisconnectReason) -> str:
        """How the server promises to end a subscription for `reason`, for people."""

    def close(self) -> None:
        """Unsubscribes."""


@runtime_checkable
class RawSubscription(Subscription, Protocol):
    """A subscriber that can misbehave, and that sees what the protocol hides from others."""

    pings: list[float]

    def stop_reading(self) -> None:
        """Lets frames pile up, after at most one more."""

    def resume_reading(self) -> None:
        """Reads on."""

    def send(self, frame: str | bytes) -> None:
        """Sends a frame that the server did not ask for."""

    def lose_connection(self) -> None:
        """Loses the connection, as a crashed client does."""


class TradingPort(Protocol):
    """Places, views, lists and cancels orders, and subscribes to their events.

    It may be used by many threads at once.
    """

    def offers(self, capability: Capability) -> bool:
        """Whether this can be had through this port at all."""

    def has(self, means: Means) -> bool:
        """Whether this way to the server has this, whatever the server promises."""

    def place(self, draft: Draft) -> Answer[Order]:
        """Places an order, right or wrong."""

    def view(self, order_id: str) -> Answer[Order]:
        """Asks for one order."""

    def list(self, **filters: object) -> Answer[OrderPage]:
        """Asks for a page of orders.

        `filters` are any of `status`, `symbol`, `reference`, `limit` and `cursor`; one that is to
        be given several times, right or wrong, has a tuple of values.
        """

    def cancel(self, order_id: str) -> Answer[None]:
        """Asks to cancel an order. A rejection that names another order breaks the contract."""

    def subscribe(self, since: str | None = None, *, reads: bool = True) -> Subscription:
        """Subscribes to order events; the server has confirmed it, or has ended the connection."""

    def unused_order_id(self) -> str:
        """An ID of the promised form that no order has."""

    def check_health(self) -> Answer[None]:
        """Asks for the health check, which is never delayed."""

    def explain(self, rejection: Rejection) -> str:
        """The server's explanation, for people, of a rejection's reason."""

    def close(self) -> None:
        """Closes the connections."""


@runtime_checkable
class Wire(Protocol):
    """What only the wire can be asked: no orders, what is not there, strangers' requests."""

    def place_malformed(self, kind: Malformed, draft: Draft) -> Answer[Order]:
        """Sends something in place of an order; `draft` is a valid one to spoil."""

    def request_unsupported(self, what: Unsupported) -> Answer[None]:
        """Asks for what the server does not offer."""

    def read_document(self, what: Document) -> Answer[None]:
        """Asks for the server's own description of this."""

    def attempt(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> Answer[None]:
        """Lets a stranger try something, with this draft or with the order of this ID."""

    def browser_objections(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> Sequence[str]:
        """Why a browser would not send this request of a page; empty if it would."""


Connect = Callable[[str, Callable[[LoggedRequest], None], str], TradingPort]
"""Opens a port to the server at a base URL; each request and its answer is handed to the log,
also when the answer breaks the contract. The last argument is the API key of this server, empty
where it is the one that the whole run has."""
