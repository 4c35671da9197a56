"""Orders over HTTP, from the client's side. Asserts nothing about what the server decides."""

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import requests
from requests.adapters import HTTPAdapter

from driver import wire
from driver.errors import AnswerOverdue, ContractViolation, ServerUnreachable
from driver.messages import Action, Answer, Draft, Exchange, Order, OrderPage, Rejection

T = TypeVar("T")
Reader = Callable[[requests.Response, str], T]

SIMULTANEOUS_CALLS = 256


class OrdersClient:
    """Speaks to the server at `base_url`; may be used by many threads at once.

    Every call returns an `Answer` whose outcome is what was asked for or a `Rejection`. It raises
    ServerUnreachable, AnswerOverdue (after `timeout` seconds) or ContractViolation. Each exchange
    is handed to `journal`, also when its answer breaks the contract.
    """

    def __init__(
        self,
        base_url: str,
        timeout: float,
        journal: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = timeout
        self._journal = journal
        self._session = requests.Session()
        self._session.trust_env = False
        # A server may close an idle connection just when the next request is sent on it, which
        # would look like a failure of the server: every request takes a connection of its own.
        self._session.headers = {"Connection": "close", "Accept": wire.JSON}
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=SIMULTANEOUS_CALLS)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def place(self, draft: Draft) -> Answer[Order]:
        """Places an order, right or wrong."""
        return self.place_text(wire.encode(draft))

    def place_text(self, body: str | bytes) -> Answer[Order]:
        """Sends `body` as it stands where an order is expected."""
        return self._call(Action.PLACE, "POST", wire.ORDERS, _read_placed, body)

    def view(self, order_id: str) -> Answer[Order]:
        """Asks for one order."""
        return self._call(Action.VIEW, "GET", wire.order_path(order_id), _read_order)

    def list(self, **filters: str) -> Answer[OrderPage]:
        """Asks for a page of orders.

        `filters` are any of `status`, `symbol`, `reference`, `limit` and `cursor`.
        """
        return self._call(Action.LIST, "GET", wire.listing_path(filters), _read_page)

    def cancel(self, order_id: str) -> Answer[None]:
        """Asks to cancel an order. A rejection that names another order breaks the contract."""
        path = wire.order_path(order_id)
        answer = self._call(Action.CANCEL, "DELETE", path, _read_nothing)
        rejected = answer.outcome
        if isinstance(rejected, Rejection) and rejected.order_id not in (None, order_id):
            raise ContractViolation(
                f"The answer to DELETE {path}",
                (f"the rejection speaks of order {rejected.order_id}",),
                answer.exchange.response_body,
            )
        return answer

    def check_health(self) -> Answer[None]:
        """Asks whether the server is well."""
        return self._call(Action.OTHER, "GET", wire.HEALTH, _read_health)

    def request(self, method: str, path: str) -> Answer[None]:
        """Asks for what the server does not offer."""
        return self._call(Action.OTHER, method, path, _read_unexpected)

    def explain(self, rejection: Rejection) -> str:
        """The server's explanation, for people, of a rejection's reason."""
        path = rejection.explanation_path
        response, exchange = self._exchange("GET", path, None)
        if response.status_code != requests.codes.ok or not response.text.strip():
            raise ContractViolation(
                f"The explanation at {path}", (f"status {response.status_code}",), response.text
            )
        return exchange.response_body

    def published_version(self) -> str | None:
        """The version that the server publishes, if it does."""
        response, _ = self._exchange("GET", wire.DOCUMENT, None)
        return wire.read_version(response.content)

    def close(self) -> None:
        """Lets go of the connections."""
        self._session.close()

    def _call(
        self,
        action: Action,
        method: str,
        path: str,
        reader: Reader[T],
        body: str | bytes | None = None,
    ) -> Answer[T]:
        response, exchange = self._exchange(method, path, body)
        where = f"The answer to {method} {path}"
        if response.ok:
            return Answer(reader(response, where), exchange, action)
        _require_type(response, wire.PROBLEM, where)
        rejection = wire.read_rejection(response.content, response.status_code, where)
        return Answer(rejection, exchange, action)

    def _exchange(
        self, method: str, path: str, body: str | bytes | None
    ) -> tuple[requests.Response, Exchange]:
        data = body.encode() if isinstance(body, str) else body
        headers: Mapping[str, str] = {} if data is None else {"Content-Type": wire.JSON}
        sent = time.perf_counter()
        try:
            response = self._session.request(
                method,
                self._base_url + path,
                data=data,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            )
        except requests.Timeout as error:
            if isinstance(error, requests.ConnectTimeout):
                raise ServerUnreachable(self._base_url, "no connection in time") from None
            raise AnswerOverdue(f"{method} {path}", self._timeout) from None
        except requests.ConnectionError as error:
            raise ServerUnreachable(self._base_url, _cause(error)) from None
        exchange = _exchange_of(response, path, data, sent)
        self._journal(exchange)
        return response, exchange


def _cause(error: requests.ConnectionError) -> str:
    """What the operating system said, without the layers that passed it on."""
    return str(getattr(error.args[0], "reason", error)).rpartition(": ")[2]


def _exchange_of(
    response: requests.Response, path: str, data: bytes | None, sent: float
) -> Exchange:
    received = time.perf_counter()
    return Exchange(
        method=response.request.method or "",
        path=path,
        request_body=None if data is None else data.decode(errors="replace"),
        status=response.status_code,
        response_body=response.text,
        sent=sent,
        received=received,
    )


def _require_status(response: requests.Response, promised: int, where: str) -> None:
    if response.status_code != promised:
        finding = f"status: {response.status_code} where {promised} is promised"
        raise ContractViolation(where, (finding,), response.text)


def _require_type(response: requests.Response, promised: str, where: str) -> None:
    got = response.headers.get("Content-Type", "none").partition(";")[0].strip()
    if got != promised:
        findings = (f"status {response.status_code}", f"content type: {got} instead of {promised}")
        raise ContractViolation(where, findings, response.text)


def _read_order(response: requests.Response, where: str) -> Order:
    _require_status(response, requests.codes.ok, where)
    _require_type(response, wire.JSON, where)
    return wire.read_order(response.content, where)


def _read_placed(response: requests.Response, where: str) -> Order:
    _require_status(response, requests.codes.created, where)
    _require_type(response, wire.JSON, where)
    order = wire.read_order(response.content, where)
    location = response.headers.get("Location")
    if location != wire.order_path(order.order_id):
        finding = f"Location: {location} instead of {wire.order_path(order.order_id)}"
        raise ContractViolation(where, (finding,), response.text)
    return order


def _read_page(response: requests.Response, where: str) -> OrderPage:
    _require_status(response, requests.codes.ok, where)
    _require_type(response, wire.JSON, where)
    return wire.read_page(response.content, where)


def _read_nothing(response: requests.Response, where: str) -> None:
    _require_status(response, requests.codes.no_content, where)
    if response.content:
        raise ContractViolation(where, ("body: must be empty",), response.text)


def _read_health(response: requests.Response, where: str) -> None:
    _require_status(response, requests.codes.ok, where)
    _require_type(response, wire.JSON, where)
    wire.read_health(response.content, where)


def _read_unexpected(response: requests.Response, where: str) -> None:
    finding = f"status: {response.status_code} where a rejection is promised"
    raise ContractViolation(where, (finding,), response.text)
