"""The trading port over HTTP and WebSocket. Judges nothing that the server decides."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError

from driver.contract import Contract, HttpAnswer, HttpRequest
from driver.contract.strangers import as_stranger, objections, preflight
from driver.errors import AnswerOverdue, ContractViolation, ServerUnreachable
from driver.messages import Answer, Draft, LoggedRequest, Order, OrderPage, Rejection
from driver.recorder import EventRecorder
from driver.vocabulary import Action, Capability, Document, Malformed, Means, Stranger, Unsupported

T = TypeVar("T")
Reader = Callable[[HttpAnswer], T | Rejection]
Log = Callable[[LoggedRequest], None]

_MOST_ON_A_PAGE = "500"
# A server may close an idle connection just when the next request is sent on it, which would look
# like a failure of the server: every request takes a connection of its own.
_OWN_CONNECTION = {"Connection": "close"}


class OrdersClient:
    """Speaks to the server at `base_url` by `contract`; many threads may use it at once.

    Every call returns an `Answer` whose outcome is what was asked for or a `Rejection`. It raises
    ServerUnreachable, AnswerOverdue (after `timeout` seconds) or ContractViolation. Each request
    and its answer is handed to `log`, also when the answer breaks the contract.
    """

    def __init__(
        self, base_url: str, contract: Contract, timeout: float, log: Log = lambda _: None
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._contract = contract
        self._timeout = timeout
        self._log = log
        self._session = requests.Session()
        self._session.trust_env = False
        # As the other clients do: OpenSSL knows this variable by itself.
        self._session.verify = os.environ.get("SSL_CERT_FILE") or True
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=0)  # of any size
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def offers(self, capability: Capability) -> bool:
        """Whether the contract promises this at all."""
        return self._contract.offers(capability)

    def has(self, means: Means) -> bool:  # noqa: ARG002 - it has all of them
        """Whether this way to the server has this, whatever the server promises."""
        return True

    def place(self, draft: Draft) -> Answer[Order]:
        """Places an order, right or wrong."""
        request = self._contract.requests.place(draft)
        return self._call(Action.PLACE, request, self._contract.answers.placed)

    def place_malformed(self, kind: Malformed, draft: Draft) -> Answer[Order]:
        """Sends something in place of an order; `draft` is a valid one to spoil."""
        request = self._contract.requests.place_malformed(kind, draft)
        return self._call(Action.PLACE, request, self._contract.answers.placed)

    def view(self, order_id: str) -> Answer[Order]:
        """Asks for one order."""
        request = self._contract.requests.view(order_id)
        return self._call(Action.VIEW, request, self._contract.answers.viewed)

    def list(self, **filters: object) -> Answer[OrderPage]:
        """Asks for a page of orders.

        `filters` are any of `status`, `symbol`, `reference`, `limit` and `cursor`; a tuple of
        values gives one several times. What a server cannot filter is selected here from all that
        it lists.
        """
        if not self.offers(Capability.FILTERS):
            filters = {"limit": _MOST_ON_A_PAGE} | filters
        request = self._contract.requests.list(filters)
        answer = self._call(Action.LIST, request, self._contract.answers.listed)
        if self.offers(Capability.FILTERS) or isinstance(answer.outcome, Rejection):
            return answer
        return replace(answer, outcome=_selected(answer.outcome, filters))

    def cancel(self, order_id: str) -> Answer[None]:
        """Asks to cancel an order. A rejection that names another order breaks the contract."""
        return self._call(
            Action.CANCEL,
            self._contract.requests.cancel(order_id),
            lambda answer: self._contract.answers.cancelled(answer, order_id),
        )

    def subscribe(self, since: str | None = None, *, reads: bool = True) -> EventRecorder:
        """Subscribes to order events; the server has confirmed it, or has ended the connection."""
        recorder = EventRecorder(self._base_url, self._contract, self._timeout, since, reads=reads)
        return recorder.start()

    def unused_order_id(self) -> str:
        """An ID of the form that the contract promises, which no order has."""
        return self._contract.requests.unused_order_id()

    def check_health(self) -> Answer[None]:
        """Asks for the health check."""
        request = self._contract.requests.health()
        return self._call(Action.OTHER, request, self._contract.answers.healthy)

    def request_unsupported(self, what: Unsupported) -> Answer[None]:
        """Asks for what the server does not offer."""
        request = self._contract.requests.unsupported(what)
        return self._call(Action.OTHER, request, self._contract.answers.unsupported)

    def read_document(self, what: Document) -> Answer[None]:
        """Asks for the server's own description of this."""
        request = self._contract.requests.document(what)
        published = self._contract.answers.published
        return self._call(Action.OTHER, request, lambda answer: published(answer, what))

    def attempt(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> Answer[None]:
        """Lets a stranger try something, with this draft or with the order of this ID."""
        request = self._attempt(stranger, action, draft, order_id)
        return self._call(action, request, self._contract.answers.attempted)

    def browser_objections(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> Sequence[str]:
        """Why a browser would not send this request of a page; empty if it would."""
        question = preflight(self._attempt(stranger, action, draft, order_id))
        if question is None:
            return []
        answer, _ = self._exchange(question)
        return list(objections(question, answer))

    def _attempt(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> HttpRequest:
        requests = self._contract.requests
        tried = {
            Action.PLACE: requests.place(draft),
            Action.VIEW: requests.view(order_id),
            Action.LIST: requests.list({}),
            Action.CANCEL: requests.cancel(order_id),
            Action.SUBSCRIBE: requests.handshake(),
            Action.HEALTH: requests.health(),
        }
        return as_stranger(tried[action], stranger)

    def explain(self, rejection: Rejection) -> str:
        """The server's explanation, for people, of a rejection's reason."""
        answer, _ = self._exchange(self._contract.requests.explanation(rejection))
        return self._contract.answers.explained(answer)

    def published_version(self) -> str | None:
        """The version that the server publishes, if it does."""
        answer, _ = self._exchange(self._contract.requests.document())
        return self._contract.answers.version(answer)

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def _call(self, action: Action, request: HttpRequest, reader: Reader[T]) -> Answer[T]:
        answer, logged = self._exchange(request)
        try:
            return Answer(reader(answer), action, logged)
        except ContractViolation as violation:
            violation.part = answer.part
            raise

    def _exchange(self, request: HttpRequest) -> tuple[HttpAnswer, LoggedRequest]:
        sent = time.perf_counter()
        response = self._send(request)
        received = time.perf_counter()
        answer = HttpAnswer(
            where=f"The answer to {request}",
            code=response.status_code,
            headers=response.headers,
            body=response.content,
        )
        logged = _logged(request, answer, sent, received)
        self._log(logged)
        return answer, logged

    def _prepared(self, request: HttpRequest) -> requests.PreparedRequest:
        """Without cookies and whatever else a session adds: its merging takes a sixth of a call."""
        url = self._base_url + request.path
        headers = {**_OWN_CONNECTION, **request.headers}
        return requests.Request(request.method, url, headers, data=request.body).prepare()

    def _send(self, request: HttpRequest) -> requests.Response:
        try:
            return self._session.send(
                self._prepared(request), timeout=self._timeout, allow_redirects=False
            )
        except requests.Timeout as error:
            if isinstance(error, requests.ConnectTimeout):
                raise ServerUnreachable(self._base_url, "no connection in time") from None
            raise AnswerOverdue(str(request), self._timeout) from None
        except (requests.ConnectionError, ChunkedEncodingError) as error:
            raise ServerUnreachable(self._base_url, cause(error)) from None


def _selected(page: OrderPage, filters: Mapping[str, object]) -> OrderPage:
    wanted = {name: filters[name] for name in ("status", "symbol", "reference") if name in filters}
    return replace(
        page,
        orders=tuple(
            order
            for order in page.orders
            if all(getattr(order, name) == value for name, value in wanted.items())
        ),
    )


def cause(error: requests.RequestException) -> str:
    """What the operating system said, without the layers that passed it on."""
    inner = getattr(error.args[0], "reason", error.args[0])
    while isinstance(deeper := (getattr(inner, "args", None) or ("",))[-1], Exception):
        inner = deeper
    said = str(inner).rpartition(": ")[2]
    if isinstance(error, requests.exceptions.SSLError):
        return f"{said}; an authority of your own is named by SSL_CERT_FILE"
    return said


def _logged(
    request: HttpRequest, answer: HttpAnswer, sent: float, received: float
) -> LoggedRequest:
    return LoggedRequest(
        request=str(request),
        request_text=None if request.body is None else request.body.decode(errors="replace"),
        answer=str(answer.code),
        answer_text=answer.text,
        sent=sent,
        received=received,
    )
