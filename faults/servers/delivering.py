"""Servers that serve some subscribers worse than others, or let one harm the rest."""

import asyncio
import json

from starlette.websockets import WebSocket

from app.domain import StatusEvent
from app.edges.events import EventsSocket
from app.feed import Frame, InMemoryFeed, Subscription
from app.wiring import Parts
from faults.fault import OWN_SERVER, PATIENT, SUBSCRIBED, Fault

_NO_STATUS = 1005


class _SecondHearsPairsSwapped(InMemoryFeed):
    """The second of two subscribers receives each pair of events in the wrong order."""

    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self._second: Subscription | None = None
        self._held: Frame | None = None

    async def subscribe(self, since: int | None = None) -> Subscription:
        is_second = len(self.subscriptions) == 1
        subscription = await super().subscribe(since)
        if is_second:
            self._second = subscription
        return subscription

    def hand_out(self, frame: Frame) -> None:
        second = self._second
        for subscription in self.subscriptions:
            if subscription is not second:
                subscription.offer(frame)
        if second is None:
            return
        if self._held is None:
            self._held = frame
            return
        second.offer(frame)
        second.offer(self._held)
        self._held = None


class _LeaverTakesAllAlong(InMemoryFeed):
    def unsubscribe(self, subscription: Subscription) -> None:  # noqa: ARG002 - takes all
        self.subscriptions.clear()


class _WaitsForTheSlowest(InMemoryFeed):
    async def publish(self, event: StatusEvent) -> None:
        await super().publish(event)
        while any(subscription.waiting for subscription in self.subscriptions):  # noqa: ASYNC110
            await asyncio.sleep(0.001)


class _NewcomersMissRunningOrders(InMemoryFeed):
    """Sends a late subscriber only orders that are placed from then on."""

    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self._joined: dict[Subscription, int] = {}
        self._placed: dict[str, int] = {}

    async def subscribe(self, since: int | None = None) -> Subscription:
        subscription = await super().subscribe(since)
        self._joined[subscription] = self.sequence if since is None else since
        return subscription

    def hand_out(self, frame: Frame) -> None:
        placed = self._placed.setdefault(json.loads(frame.text)["orderId"], frame.sequence)
        for subscription in self.subscriptions:
            if placed > self._joined[subscription]:
                subscription.offer(frame)


class _HelloOneBehind(InMemoryFeed):
    async def subscribe(self, since: int | None = None) -> Subscription:
        subscription = await super().subscribe(since)
        subscription.sequence = max(0, subscription.sequence - 1)
        return subscription


class _RubbishEndsTheConnection(EventsSocket):
    async def listen(self, socket: WebSocket) -> None:
        while "text" in (message := await socket.receive()):
            try:
                json.loads(message["text"])
            except ValueError:
                await socket.close(1003)


class _BinaryEndsAll(EventsSocket):
    async def listen(self, socket: WebSocket) -> None:
        while (message := await socket.receive())["type"] != "websocket.disconnect":
            if message.get("bytes"):
                self.feed.subscriptions.clear()


class _VanishingEndsAll(EventsSocket):
    async def listen(self, socket: WebSocket) -> None:
        while (message := await socket.receive())["type"] != "websocket.disconnect":
            pass
        if message["code"] == _NO_STATUS:
            self.feed.subscriptions.clear()


class _Echo(EventsSocket):
    async def listen(self, socket: WebSocket) -> None:
        while (message := await socket.receive())["type"] != "websocket.disconnect":
            await socket.send_text(message.get("text") or "")


FAULTS = (
    Fault(
        "second-subscriber-hears-pairs-swapped",
        breaks="Every subscriber receives the events in one and the same order.",
        about=("order_events: Five subscribers receive the same events",),
        rule="Order events: All subscribers receive every event",
        parts=Parts(feed=_SecondHearsPairsSwapped),
        selection=SUBSCRIBED,
    ),
    Fault(
        "leaver-takes-all-along",
        breaks="A departing subscriber does not affect the others.",
        about=("order_events: A departing subscriber does not affect the others",),
        rule="Order events: Subscribers may come and go at any time",
        parts=Parts(feed=_LeaverTakesAllAlong),
        selection=SUBSCRIBED,
    ),
    Fault(
        "newcomers-miss-running-orders",
        breaks="Every event after the hello arrives, even for orders placed earlier.",
        about=("order_events: A late subscriber receives everything from then on",),
        rule="Order events: All subscribers receive every event",
        parts=Parts(feed=_NewcomersMissRunningOrders),
        selection=SUBSCRIBED,
    ),
    Fault(
        "hello-one-behind",
        breaks="The hello's sequence number is where the stream begins: event N+1 comes next.",
        about=("order_events: ",),
        rule="Order events: Event numbers increase by exactly 1",
        parts=Parts(feed=_HelloOneBehind),
    ),
    Fault(
        "rubbish-ends-the-connection",
        breaks="Frames from clients are ignored.",
        about=(
            "misbehaving_subscribers: A subscriber that sends malformed text still receives events",
        ),
        rule="Misbehaving subscribers: Messages from subscribers are ignored",
        parts=Parts(events_socket=_RubbishEndsTheConnection),
        selection=SUBSCRIBED,
    ),
    Fault(
        "frames-echoed",
        breaks="Frames from clients are not answered.",
        about=(
            "misbehaving_subscribers: A subscriber that sends malformed text still receives events",
        ),
        rule="Misbehaving subscribers: Messages from subscribers are ignored",
        parts=Parts(events_socket=_Echo),
        selection=SUBSCRIBED,
    ),
    Fault(
        "binary-frame-ends-all",
        breaks="A subscriber that sends garbage harms only itself.",
        about=(
            "misbehaving_subscribers: A subscriber that <misbehaves> does not affect the others "
            "… misbehaves=sen",
        ),
        rule="Misbehaving subscribers: A misbehaving subscriber harms only itself",
        parts=Parts(events_socket=_BinaryEndsAll),
        selection=SUBSCRIBED,
    ),
    Fault(
        "vanishing-ends-all",
        breaks="A subscriber that disappears harms only itself.",
        about=(
            "misbehaving_subscribers: A subscriber that <misbehaves> does not affect the others "
            "… misbehaves=los",
        ),
        rule="Misbehaving subscribers: A misbehaving subscriber harms only itself",
        parts=Parts(events_socket=_VanishingEndsAll),
        selection=SUBSCRIBED,
    ),
    Fault(
        "publishing-waits-for-the-slowest",
        breaks="A subscriber that does not read is disconnected, and the others are not affected.",
        about=("misbehaving_subscribers: A slow subscriber is disconnected",),
        rule="Misbehaving subscribers: A subscriber that does not read is disconnected",
        parts=Parts(feed=_WaitsForTheSlowest),
        selection=OWN_SERVER,
    ),
    Fault(
        "never-pings",
        breaks="Dead peers are found by ping, every 20 seconds.",
        about=("order_events: A silent subscriber receives a heartbeat",),
        rule="Order events: A silent connection receives a heartbeat",
        ping_seconds=None,
        selection=PATIENT,
    ),
)
