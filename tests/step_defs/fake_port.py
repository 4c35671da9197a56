"""A trading system in memory, behind the trading port: every order is executed as it is placed."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

from driver import (
    Action,
    Answer,
    Capability,
    ContractViolation,
    Disconnection,
    DisconnectReason,
    Document,
    Draft,
    Hello,
    InvalidField,
    LoggedRequest,
    Malformed,
    Means,
    Order,
    OrderEvent,
    OrderPage,
    OrderStatus,
    Reason,
    ReceivedEvent,
    Rejection,
    Side,
    Stranger,
    Unsupported,
)
from step_defs.world.promise import Promise
from step_defs.world.world import World

T = TypeVar("T")
PROMISE = Promise(0.0, 1.0, grace=0.01)


@dataclass(eq=False)
class FakeSubscription:
    """Waits for nothing: all that will ever happen has happened."""

    hello: Hello | None
    events: list[ReceivedEvent] = field(default_factory=list)
    disconnection: Disconnection | None = None
    violations: list[ContractViolation] = field(default_factory=list)
    pings: list[float] = field(default_factory=list)

    @property
    def last_sequence(self) -> int:
        return self.events[-1].event.sequence if self.events else 0

    def events_of(self, order_id: str) -> Sequence[ReceivedEvent]:
        return [each for each in self.events if each.event.order_id == order_id]

    def wait(self, happened: Callable[[], bool], _: float) -> bool:
        return happened()

    def wait_for_status(self, order_id: str, status: OrderStatus, _: float) -> bool:
        return any(each.event.status is status for each in self.events_of(order_id))

    def wait_for_disconnection(self, _: float) -> bool:
        return self.disconnection is not None

    def ended_for(self, _: DisconnectReason) -> bool:
        return self.disconnection is not None

    def promised_end(self, reason: DisconnectReason) -> str:
        return reason.name

    def stop_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def send(self, frame: str | bytes) -> None: ...

    def lose_connection(self) -> None: ...

    def close(self) -> None: ...


@dataclass(eq=False)
class FakePort:
    """Rejects what has no positive quantity; `acts` counts what changes anything."""

    log: Callable[[LoggedRequest], None] = lambda _: None
    acts: int = 0
    _orders: dict[str, Order] = field(default_factory=dict)
    _subscriptions: list[FakeSubscription] = field(default_factory=list)
    _sequence: int = 0

    def offers(self, _: Capability) -> bool:
        return True

    def has(self, _: Means) -> bool:
        return True

    def place(self, draft: Draft) -> Answer[Order]:
        self.acts += 1
        if Decimal(str(draft["quantity"])) <= 0:
            invalid = (InvalidField("quantity", "must be greater than 0"),)
            return self._answer(_rejection(Reason.INVALID_ORDER, invalid), Action.PLACE)
        pending = _order(draft)
        self._tell(pending, None)
        executed = replace(pending, status=OrderStatus.EXECUTED, updated_at=datetime.now(UTC))
        self._orders[pending.order_id] = executed
        self._tell(executed, OrderStatus.PENDING)
        return self._answer(pending, Action.PLACE)

    def view(self, order_id: str) -> Answer[Order]:
        found = self._orders.get(order_id)
        return self._answer(found or _rejection(Reason.UNKNOWN_ORDER), Action.VIEW)

    def list(self, **filters: object) -> Answer[OrderPage]:
        wanted = {name: value for name, value in filters.items() if name in ("symbol", "reference")}
        found = [
            order
            for order in self._orders.values()
            if all(getattr(order, name) == value for name, value in wanted.items())
        ]
        return self._answer(OrderPage(tuple(found), None), Action.LIST)

    def cancel(self, order_id: str) -> Answer[None]:
        self.acts += 1
        known = order_id in self._orders
        reason = Reason.TOO_LATE_TO_CANCEL if known else Reason.UNKNOWN_ORDER
        return self._answer(_rejection(reason), Action.CANCEL)

    def subscribe(self, since: str | None = None, *, reads: bool = True) -> FakeSubscription:
        del since, reads
        self.acts += 1
        subscription = FakeSubscription(Hello("fake", self._sequence))
        self._subscriptions.append(subscription)
        return subscription

    def unused_order_id(self) -> str:
        return str(uuid.uuid4())

    def check_health(self) -> Answer[None]:
        return self._answer(None, Action.OTHER)

    def explain(self, rejection: Rejection) -> str:
        return f"The request is rejected: {rejection.reason}."

    def place_malformed(self, kind: Malformed, draft: Draft) -> Answer[Order]:
        del kind, draft
        self.acts += 1
        return self._answer(_rejection(Reason.MALFORMED), Action.PLACE)

    def request_unsupported(self, what: Unsupported) -> Answer[None]:
        del what
        self.acts += 1
        return self._answer(_rejection(Reason.UNKNOWN_PATH), Action.OTHER)

    def read_document(self, what: Document) -> Answer[None]:
        del what
        self.acts += 1
        return self._answer(None, Action.OTHER)

    def attempt(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> Answer[None]:
        del stranger, draft, order_id
        self.acts += 1
        return self._answer(_rejection(Reason.FOREIGN_ORIGIN), action)

    def browser_objections(
        self, stranger: Stranger, action: Action, draft: Draft, order_id: str
    ) -> Sequence[str]:
        del stranger, action, draft, order_id
        return ["no permission"]

    def close(self) -> None: ...

    def _answer(self, outcome: T | Rejection, action: Action) -> Answer[T]:
        now = time.perf_counter()
        logged = LoggedRequest(str(action), None, "answered", "", now, now)
        self.log(logged)
        return Answer(outcome, action, logged)

    def _tell(self, order: Order, previous: OrderStatus | None) -> None:
        self._sequence += 1
        event = OrderEvent(
            self._sequence,
            order.order_id,
            order.reference,
            order.status,
            previous,
            order.updated_at,
        )
        for subscription in self._subscriptions:
            subscription.events.append(ReceivedEvent(event, time.perf_counter()))


def _order(draft: Draft) -> Order:
    now = datetime.now(UTC)
    side, reference = draft["side"], draft.get("reference")
    assert isinstance(side, Side)
    return Order(
        str(uuid.uuid4()),
        None if reference is None else str(reference),
        str(draft["symbol"]),
        side,
        Decimal(str(draft["quantity"])),
        OrderStatus.PENDING,
        now,
        now,
    )


def _rejection(reason: Reason, invalid: tuple[InvalidField, ...] = ()) -> Rejection:
    return Rejection(reason, "Rejected", "It is rejected.", "explained", invalid)


def fake_world() -> World:
    """A world on the fake system; each address is a system of its own."""
    return World("fake", lambda _, log, __: FakePort(log), PROMISE)


def control_of(world: World) -> FakeSubscription:
    """What the control subscriber of a world on the fake system received, to be altered."""
    control = world.subscribers.control
    assert isinstance(control, FakeSubscription)
    return control
