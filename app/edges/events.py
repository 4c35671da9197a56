"""The order events over WebSocket."""

import asyncio
import re

from fastapi import FastAPI
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.domain import StoreUnavailable
from app.edges.api_key import SUBPROTOCOL
from app.edges.messages import Hello, as_json
from app.edges.prepared_frames import PreparedFrames
from app.edges.problems import NOTHING_HERE, problem_response
from app.feed import Ending, Feed, Subscription, UnknownPosition

# Close codes of RFC 6455, section 7.4.1, and of IANA's registry (1013).
GOING_AWAY = 1001
POLICY_VIOLATION = 1008
TRY_AGAIN_LATER = 1013


class EventsSocket:
    """Lets WebSocket clients follow the feed. Their own frames are ignored: see `listen`."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.senders: set[asyncio.Task[None]] = set()
        """One for each subscriber that is being served."""
        self.prepared = PreparedFrames()

    async def follow(self, socket: WebSocket) -> None:
        """Serves one connection to its end."""
        await socket.accept(_subprotocol(socket))
        try:
            subscription = await self.feed.subscribe(_since(socket))
        except UnknownPosition as rejection:
            await socket.close(POLICY_VIOLATION, str(rejection))
            return
        except StoreUnavailable:
            await socket.close(TRY_AGAIN_LATER, "the server cannot reach its store, try again")
            return
        try:
            await self._serve(socket, subscription)
        finally:
            self.feed.unsubscribe(subscription)

    async def close(self, patience: float) -> None:
        """Says goodbye to all subscribers; those who do not read are left after some seconds."""
        self.feed.dismiss()
        if self.senders:
            await asyncio.wait(self.senders, timeout=patience)

    async def _serve(self, socket: WebSocket, subscription: Subscription) -> None:
        sender = asyncio.create_task(self._send(socket, subscription))
        self.senders.add(sender)
        sender.add_done_callback(self.senders.discard)
        await _first_of(sender, asyncio.create_task(self.listen(socket)))

    async def _send(self, socket: WebSocket, subscription: Subscription) -> None:
        """The only writer, so that a client that does not read blocks nothing else."""
        try:
            await socket.send_text(_hello(subscription))
            while frames := await subscription.batch():
                await self.prepared.send(socket, frames)
            await socket.close(*_goodbye(subscription))
        except (WebSocketDisconnect, RuntimeError):
            # The client has gone; uvicorn says RuntimeError if it went while a frame was sent.
            return

    async def listen(self, socket: WebSocket) -> None:
        """Hears what the client sends, and ignores it; returns when the client has gone."""
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass


def add_event_routes(app: FastAPI, events: EventsSocket) -> None:
    """Adds the WebSocket; one at any other path is rejected with a problem."""
    app.router.add_websocket_route("/ws", events.follow)
    app.router.add_websocket_route("/{path:path}", _no_such_socket)


async def _no_such_socket(socket: WebSocket) -> None:
    await socket.send_denial_response(problem_response(NOTHING_HERE))
    # uvicorn logs an error if the handler ends before the rejected connection has closed.
    await asyncio.sleep(0)


def _subprotocol(socket: WebSocket) -> str | None:
    """A browser that offers subprotocols goes away unless one of them is chosen."""
    return SUBPROTOCOL if SUBPROTOCOL in socket.scope["subprotocols"] else None


def _since(socket: WebSocket) -> int | None:
    since = socket.query_params.get("since")
    if since is None:
        return None
    if not re.fullmatch("[0-9]+", since):
        raise UnknownPosition("since must be a whole number")
    # No stream is longer than these digits tell; Python does not read thousands of them.
    return int(since.lstrip("0")[:20] or "0")


def _hello(subscription: Subscription) -> str:
    return as_json(Hello(stream_id=subscription.stream_id, sequence=subscription.sequence))


def _goodbye(subscription: Subscription) -> tuple[int, str]:
    if subscription.ending is Ending.SLOW_CONSUMER:
        return TRY_AGAIN_LATER, f"slow consumer, resume with since={subscription.delivered}"
    if subscription.ending is Ending.STREAM_RESTARTED:
        return TRY_AGAIN_LATER, "the event stream has begun anew, subscribe without since"
    return GOING_AWAY, "the server is shutting down"


async def _first_of(*tasks: asyncio.Task[None]) -> None:
    """Waits until one task ends, cancels the others, and raises what any of them raised."""
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
