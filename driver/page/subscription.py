"""A subscriber of the API who looks at the page's tape as well."""

from collections.abc import Callable, Sequence

from driver.errors import ContractViolation, Part
from driver.messages import Disconnection, Hello, ReceivedEvent
from driver.page.tape import Tape
from driver.port import Subscription
from driver.vocabulary import DisconnectReason, OrderStatus

_WHERE = "The page"
_MOST = 10


class WatchedSubscription:
    """Receives from the API, and finds fault with a tape that shows anything else.

    The tape has `seconds` to show what the API sent; it is live since event `since`. `page` tells
    what the page showed that no event had told it.
    """

    def __init__(
        self,
        api: Subscription,
        tape: Tape,
        since: int,
        seconds: float,
        page: Callable[[], list[str]],
    ) -> None:
        self._page = page
        self._api = api
        self._tape = tape
        self._since = since
        self._seconds = seconds

    @property
    def disconnection(self) -> Disconnection | None:
        """How the server ended the subscription, if it did."""
        return self._api.disconnection

    @property
    def hello(self) -> Hello | None:
        """The server's confirmation; None if it ended the connection instead."""
        return self._api.hello

    @property
    def violations(self) -> Sequence[ContractViolation]:
        """The frames that broke the contract, and what the tape showed otherwise."""
        found = self._api.violations
        sent = [each.event for each in self._api.events]
        if self._api.disconnection is not None:
            return found
        taped = self._tape.findings(self._since, sent, self._seconds)
        of_page = ((Part.PAGE, self._page()), (Part.TAPE, taped))
        return [*found, *(_violation(part, each) for part, each in of_page if each)]

    @property
    def events(self) -> Sequence[ReceivedEvent]:
        """Everything received until now, in the order received."""
        return self._api.events

    @property
    def last_sequence(self) -> int:
        """The number of the newest event received, or of the hello before the first."""
        return self._api.last_sequence

    def events_of(self, order_id: str) -> Sequence[ReceivedEvent]:
        """What was received until now about one order."""
        return self._api.events_of(order_id)

    def wait(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Waits until `happened`, re-evaluated after each frame."""
        return self._api.wait(happened, seconds)

    def wait_for_status(self, order_id: str, status: OrderStatus, seconds: float) -> bool:
        """Waits until the event has been received, and is on the tape."""
        if not self._api.wait_for_status(order_id, status, seconds):
            return False
        events = self._api.events_of(order_id)
        number = next(each.event.sequence for each in events if each.event.status is status)
        return number <= self._since or self._tape.wait_for(number, self._seconds)

    def wait_for_disconnection(self, seconds: float) -> bool:
        """Waits until the server has closed the connection."""
        return self._api.wait_for_disconnection(seconds)

    def ended_for(self, reason: DisconnectReason) -> bool:
        """Whether the server ended this subscription in the way that is promised for `reason`."""
        return self._api.ended_for(reason)

    def promised_end(self, reason: DisconnectReason) -> str:
        """How the server promises to end a subscription for `reason`, for people."""
        return self._api.promised_end(reason)

    def close(self) -> None:
        """Unsubscribes."""
        self._api.close()


def _violation(part: Part, findings: Sequence[str]) -> ContractViolation:
    return ContractViolation(_WHERE, tuple(findings[:_MOST]), "the events of the API", part)
