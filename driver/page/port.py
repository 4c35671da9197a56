"""The trading port through the page: Given by the API, When by the page, Then by both."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import TimeoutError as TooLate
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from driver.contract import Contract
from driver.errors import AnswerOverdue, ContractViolation, NotOffered, Part
from driver.messages import Answer, Draft, LoggedRequest, Order, OrderPage, Rejection
from driver.orders import OrdersClient
from driver.page.agreement import require_same, require_same_list, require_same_order
from driver.page.browser import Browser
from driver.page.desk import Desk
from driver.page.shown import Reader, Seen, field_of
from driver.page.subscription import WatchedSubscription
from driver.page.tape import Tape
from driver.page.window import too_late
from driver.page.wording import filters_of, ticket_of
from driver.port import Subscription
from driver.vocabulary import Action, Capability, Means, OrderStatus, Through

T = TypeVar("T")
Log = Callable[[LoggedRequest], None]

_OPEN_SECONDS = 60.0  # a browser may be slow to open a page when many of them do
_MOST_WINDOWS = 5  # of one scenario: each is a process of the browser, of some 60 MB


@dataclass
class PageChannel:
    """How the steps of one scenario reach the page; `through` is what the present step uses."""

    browser: Browser
    contract: Contract
    seconds: float
    through: Through = Through.API
    ports: "list[PagePort]" = field(default_factory=list)

    def connect(self, base_url: str, log: Log, api_key: str) -> "PagePort":
        """A port to the server at `base_url`."""
        port = PagePort(self, base_url, log, api_key)
        self.ports.append(port)
        return port


class PagePort:
    """Speaks to the server through its page, and through the API.

    Raises NotOffered where the page has no way to say something. Where both are asked, they must
    agree: what differs is a ContractViolation.
    """

    def __init__(self, channel: PageChannel, base_url: str, log: Log, api_key: str) -> None:
        contract = channel.contract.with_key(api_key) if api_key else channel.contract
        self._channel = channel
        self._base_url = base_url.rstrip("/")
        self._log = log
        self._api_key = api_key
        self._api = OrdersClient(base_url, contract, channel.seconds, log)
        self._reader = Reader()
        self._references: dict[str, str | None] = {}
        self._desks: list[Desk] = []
        self._opening = Lock()
        self._tape = Tape()
        self._keyboard_alone = False

    def offers(self, capability: Capability) -> bool:
        """Whether the server promises this at all."""
        return self._api.offers(capability)

    def has(self, means: Means) -> bool:  # noqa: ARG002 - a page has none of them
        """Whether this way to the server has this: what goes by the API has it."""
        return self._is(Through.API)

    def place(self, draft: Draft) -> Answer[Order]:
        """Places an order, right or wrong."""
        if self._is(Through.API):
            answer = self._api.place(draft)
        else:
            ticket = ticket_of(draft)
            desk = self._desk
            placing = desk.place_by_keyboard if self._keyboard_alone else desk.place
            seen = self._run(placing(ticket))
            shown = f"place {ticket.side or '?'} {' '.join(ticket.texts.values()).strip()}"
            answer = self._answer(Action.PLACE, shown, seen, self._reader.order)
        if isinstance(answer.outcome, Order):
            self._references[answer.outcome.order_id] = answer.outcome.reference
        return answer

    def view(self, order_id: str) -> Answer[Order]:
        """Asks for one order."""
        by_api = None if self._is(Through.PAGE) else self._api.view(order_id)
        if by_api is not None and self._is(Through.API):
            return by_api
        if not order_id.isprintable() or not order_id:
            raise NotOffered("an order ID that no key types")
        seen = self._run(self._desk.view(order_id))
        by_page = self._answer(Action.VIEW, f"find order {order_id}", seen, self._reader.order)
        if by_api is not None:
            require_same_order(by_page.outcome, by_api.outcome)
            self._require_same_row(by_api.outcome)
        return by_page

    def list(self, **filters: object) -> Answer[OrderPage]:
        """Asks for orders; the page shows them newest first, and all of them."""
        try:
            chosen = filters_of(filters)
        except NotOffered:
            if self._is(Through.BOTH):
                return self._api.list(**filters)
            raise
        if self._is(Through.API):
            return self._api.list(**filters)
        seen, rows = self._run(self._desk.search(chosen))
        orders = tuple(self._reader.order(row, "The blotter") for row in reversed(rows))
        shown = f"filter by {', '.join(filter(None, chosen.values())) or 'nothing'}"
        by_page = self._answer(Action.LIST, shown, seen, lambda *_: OrderPage(orders, None))
        if self._is(Through.BOTH):
            require_same_list(by_page.outcome, self._api.list(**filters).outcome)
        return by_page

    def cancel(self, order_id: str) -> Answer[None]:
        """Asks to cancel an order. A rejection that names another order breaks the contract."""
        if self._is(Through.API):
            return self._api.cancel(order_id)
        if order_id not in self._references:
            raise NotOffered("the cancel of an order that the page does not show")
        reference, alone = self._references[order_id], self._keyboard_alone
        seen = self._run(self._desk.cancel(order_id, reference, by_keyboard=alone))
        answer = self._answer(Action.CANCEL, f"cancel order {order_id}", seen, lambda *_: None)
        if isinstance(answer.outcome, Rejection) and answer.outcome.order_id != order_id:
            found = f"the rejection speaks of order {answer.outcome.order_id}"
            raise ContractViolation("The page", (found,), str(seen.texts), Part.PAGE)
        return answer

    def subscribe(self, since: str | None = None, *, reads: bool = True) -> Subscription:
        """Subscribes to order events: who subscribes first has the page that the trader acts on.

        The first five look at a page each; of a crowd, all others subscribe by the API.
        """
        if since is not None:
            raise NotOffered("a replay from a number of one's choice")
        if not reads:
            raise NotOffered("a subscriber that does not read")
        with self._opening:
            if len(self._desks) >= _MOST_WINDOWS:
                return self._api.subscribe()
            tape = Tape() if self._desks else self._tape
            number = self._open(tape)
            desk = self._desks[-1]
        return WatchedSubscription(
            self._api.subscribe(),
            tape,
            number,
            self._channel.seconds,
            lambda: self._run(desk.findings()),
        )

    def unused_order_id(self) -> str:
        """An ID of the promised form that no order has."""
        return self._api.unused_order_id()

    def check_health(self) -> Answer[None]:
        """Asks whether the server is well, which is never delayed."""
        if not self._is(Through.API):
            raise NotOffered("the health check")
        return self._api.check_health()

    def explain(self, rejection: Rejection) -> str:
        """The server's explanation, for people, of a rejection's reason: where the link leads."""
        return self._api.explain(rejection)

    @contextmanager
    def by_api(self) -> Iterator[None]:
        """Lets what follows go by the API, as of another trader."""
        before, self._channel.through = self._channel.through, Through.API
        try:
            yield
        finally:
            self._channel.through = before

    def at_desk(self, work: Callable[[Desk], Coroutine[Any, Any, T]]) -> T:
        """What comes of something that is done at the trader's own page."""
        return self._run(work(self._desk))

    def rows(self, order: Order) -> Sequence[Order]:
        """The rows that the page finds by the order's reference."""
        _, rows = self._run(self._desk.search({"reference": order.reference or ""}))
        return [self._reader.order(row, "The blotter") for row in rows]

    def rows_now(self) -> Sequence[Order]:
        """All rows of the blotter as they are, oldest first."""
        rows = self._run(self._desk.rows())
        return [self._reader.order(row, "The blotter") for row in reversed(rows)]

    @contextmanager
    def by_keyboard(self) -> Iterator[None]:
        """Lets orders be placed and cancelled with no other device than the keyboard."""
        self._keyboard_alone = True
        try:
            yield
        finally:
            self._keyboard_alone = False

    def neutral_fields(self) -> set[str]:
        """The fields of the ticket that are marked as invalid."""
        spelled = self.at_desk(lambda desk: desk.invalid_fields())
        return set(map(field_of, spelled))

    def screenshots(self) -> Sequence[bytes]:
        """What the pages look like now, as PNG."""
        return [self._run(desk.page.screenshot()) for desk in self._desks]

    def close(self) -> None:
        """Lets go of the pages and the connections."""
        for desk in self._desks:
            self._run(desk.page.context.close())
        self._api.close()

    @property
    def _desk(self) -> Desk:
        with self._opening:  # many look at once, at one page
            if not self._desks:
                self._open(self._tape)
        return self._desks[0]

    def _is(self, through: Through) -> bool:
        return self._channel.through is through

    def _open(self, tape: Tape) -> int:
        context = self._run(self._channel.browser.context())
        desk = Desk(context, self._base_url, self._channel.seconds, tape.take)
        self._desks.append(desk)
        return self._run(desk.open(self._api_key), _OPEN_SECONDS)

    def _run(self, work: Coroutine[Any, Any, T], seconds: float = 0) -> T:
        seconds = seconds or 4 * self._channel.seconds
        try:
            return self._channel.browser.run(work, seconds)
        except (TooLate, too_late()) as error:
            raise AnswerOverdue(f"what was done on the page {error}".strip(), seconds) from None

    def _require_same_row(self, told: Order | Rejection) -> None:
        """The row in the blotter, if it is in view, comes to show what the API says is final."""
        if isinstance(told, Order) and told.status is not OrderStatus.PENDING:
            same = self._run(self._desk.row_shows(told.order_id, str(told.status)))
            require_same(same, f"the row of order {told.order_id}", "another status", told.status)

    def _answer(
        self, action: Action, shown: str, seen: Seen, read: Callable[[Any, str], T]
    ) -> Answer[T]:
        logged = seen.logged(shown)
        self._log(logged)
        reading: Callable[[Any, str], T | Rejection] = (
            read if seen.accepted else self._reader.rejection
        )
        return Answer(reading(seen.texts, "The page"), action, logged)
