"""Traders who place, cancel, list and follow orders, as users of Locust.

    python -m locust -f perf/locustfile.py --headless --users 50 --host http://127.0.0.1:8000

Locust reports, beside each kind of request, how long orders take from their answer to EXECUTED
and how far events lag behind the server's clock. It is installed in an environment of its own,
from requirements-locust.txt; docs/load-testing.md says when to use it.
"""

# Here Locust is not installed, so its decorators and classes have no types.
# mypy: disable-error-code="import-not-found, import-untyped, misc, untyped-decorator"

import logging
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import gevent
from gevent.event import AsyncResult
from locust import User, between, events, task
from locust.runners import MasterRunner
from websocket import WebSocketException, create_connection

from driver import (
    Answer,
    ContractViolation,
    DialectWrong,
    DriverError,
    EventStream,
    InvalidApiKey,
    Order,
    OrderPage,
    OrdersClient,
    OrderStatus,
    ReceivedEvent,
    Rejection,
    ServerUnreachable,
    Side,
    api_key,
    chosen_contract,
)
from driver.sockets import websocket_url

_TIMEOUT = 10.0  # seconds, for an answer and for the event that ends an order
_MILLISECONDS = 1000
try:
    # The dialect is that of the environment: TRADING_DIALECT.
    _CONTRACT = chosen_contract(None).with_key(api_key())
except (DialectWrong, InvalidApiKey) as error:
    sys.exit(str(error))

T = TypeVar("T", Order, OrderPage, None)


@dataclass(frozen=True, slots=True)
class Ending:
    """How an order ended, when the event was read, and how far it lagged, in seconds."""

    status: OrderStatus
    received: float
    lag: float


class Subscriber:
    """Subscribes to the order events of a server for all traders of this process."""

    def __init__(self, host: str) -> None:
        request = _CONTRACT.requests.subscribe()
        address = websocket_url(host) + request.path
        self._socket = create_connection(
            address, timeout=_TIMEOUT, header=request.headers, suppress_origin=True
        )
        self._stream = EventStream(_CONTRACT.frames)
        self._awaited: dict[str | None, AsyncResult] = {}
        while self._stream.hello is None:
            self._take(self._socket.recv())
        self._socket.settimeout(None)
        self._greenlet = gevent.spawn(self._receive)

    def expect(self, reference: str) -> AsyncResult:
        """Gives, as soon as it is there, the `Ending` of the order with this reference."""
        self._awaited[reference] = AsyncResult()
        return self._awaited[reference]

    def forget(self, reference: str) -> None:
        """Ends the expectation."""
        self._awaited.pop(reference, None)

    def close(self) -> None:
        """Unsubscribes."""
        self._greenlet.kill()
        self._socket.close()

    def _receive(self) -> None:
        cause: object = "the server closed it"
        try:
            while text := self._socket.recv():
                self._take(text)
        except (OSError, WebSocketException, ContractViolation) as error:
            cause = error
        logging.error("Order events are no longer received, the event stream ended: %s", cause)

    def _take(self, text: str | bytes) -> None:
        wall_clock = time.time()
        for received in self._stream.take(text, time.perf_counter()):
            self._note(received, wall_clock)
        for violation in self._stream.violations:
            raise violation

    def _note(self, received: ReceivedEvent, wall_clock: float) -> None:
        event = received.event
        if event.status is OrderStatus.PENDING:
            return
        if expected := self._awaited.get(event.reference):
            lag = wall_clock - event.occurred_at.timestamp()
            expected.set(Ending(event.status, received.received, lag))


class Trader(User):
    """Trades by turns, and waits for the end of each order before the next."""

    wait_time = between(0.1, 1.0)

    def on_start(self) -> None:
        """Opens the connections."""
        self._orders = OrdersClient(self.host, _CONTRACT, _TIMEOUT)

    def on_stop(self) -> None:
        """Closes it."""
        self._orders.close()

    @task(6)
    def trade(self) -> None:
        """Places an order and waits until it is executed."""
        self._place(lambda _: OrderStatus.EXECUTED)

    @task(3)
    def change_mind(self) -> None:
        """Places an order and cancels it at once; being too late is no failure."""
        self._place(self._cancel)

    @task(1)
    def look_around(self) -> None:
        """Lists what is pending."""
        self._call("list", lambda: self._orders.list(status=OrderStatus.PENDING))

    def _place(self, then: Callable[[Order], OrderStatus | None]) -> None:
        """Places an order; `then` says how it is to end, or None if that cannot be told."""
        reference = f"load-{uuid.uuid4()}"
        ending = self.environment.subscriber.expect(reference)
        draft = {"symbol": "EURUSD", "side": Side.BUY, "quantity": "1", "reference": reference}
        answer = self._call("place", lambda: self._orders.place(draft))
        try:
            if answer and isinstance(answer.outcome, Order):
                self._await(ending, then(answer.outcome), answer.received)
        finally:
            self.environment.subscriber.forget(reference)

    def _cancel(self, order: Order) -> OrderStatus | None:
        answer = self._call("cancel", lambda: self._orders.cancel(order.order_id), may_lose=True)
        if answer is None:
            return None
        rejected = isinstance(answer.outcome, Rejection)
        return OrderStatus.EXECUTED if rejected else OrderStatus.CANCELLED

    def _await(self, ending: AsyncResult, promised: OrderStatus | None, answered: float) -> None:
        try:
            end: Ending = ending.get(timeout=_TIMEOUT)
        except gevent.Timeout:
            self._report("event", "lost", _TIMEOUT, TimeoutError("the order's end was not told"))
            return
        self._report("event", "event lag", end.lag)
        if promised not in (None, end.status):
            wrong = ValueError(f"the order is {end.status} instead of {promised}")
            self._report("event", "wrong end", 0.0, wrong)
        elif end.status is OrderStatus.EXECUTED:
            self._report("event", "execution delay", end.received - answered)

    def _call(
        self, name: str, call: Callable[[], Answer[T]], *, may_lose: bool = False
    ) -> Answer[T] | None:
        """The answer, reported to Locust; None if there is none as promised."""
        called = time.perf_counter()
        try:
            answer = call()
        except DriverError as error:
            self._report("REST", name, time.perf_counter() - called, error)
            return None
        rejected = isinstance(answer.outcome, Rejection) and not may_lose
        error = ValueError(f"rejected: {answer.outcome}") if rejected else None
        self._report("REST", name, answer.seconds, error)
        return answer

    def _report(self, kind: str, name: str, seconds: float, error: Exception | None = None) -> None:
        self.environment.events.request.fire(
            request_type=kind,
            name=name,
            response_time=seconds * _MILLISECONDS,
            response_length=0,
            exception=error,
            context={},
        )


@events.test_start.add_listener
def _follow(environment: Any, **_: Any) -> None:
    """Subscribes before the first trader begins; the master process has no traders."""
    if isinstance(environment.runner, MasterRunner):
        return
    try:
        environment.subscriber = Subscriber(environment.host)
    except (OSError, WebSocketException) as error:
        logging.error(ServerUnreachable(environment.host, error))
        environment.process_exit_code = 1
        environment.runner.quit()


@events.test_stop.add_listener
def _stop_following(environment: Any, **_: Any) -> None:
    if subscriber := getattr(environment, "subscriber", None):
        subscriber.close()
