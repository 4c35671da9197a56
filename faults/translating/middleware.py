"""Stands between the web server and an app of ours, and lets the world hear the other dialect.

It is part of the server's process, so that nothing else changes: when an answer leaves, what the
network holds for a slow subscriber, heartbeats, and how a connection is lost.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faults.translating.routes import Call
from faults.translating.translation import Reply, Translation

_FIRST_REJECTION = 400
_PREPARED = "trading.prepared"
"""An extension by which frames leave as bytes, which would leave nothing to translate."""
_TOLD = {Call.PLACE, Call.VIEW, Call.LIST, Call.CANCEL, Call.HEALTH, Call.DOCUMENT}


class Translator:
    """Serves `app` in the other dialect."""

    def __init__(self, app: ASGIApp, translation: Translation) -> None:
        self._app = app
        self._translation = translation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection, as any ASGI app does."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        call, scope = self._routed(scope)
        answers = _Answers(call, self._translation, send)
        heard = _Body(receive, self._translation) if call is Call.PLACE else receive
        await self._app(scope, heard, answers)

    def _routed(self, scope: Scope) -> tuple[Call, Scope]:
        method = scope.get("method", "GET")
        path = scope["raw_path"].decode("ascii", "surrogateescape")
        route = self._translation.routes.ours(method, path)
        routed = {
            **scope,
            "path": unquote(route.path),
            "raw_path": route.path.encode("ascii", "surrogateescape"),
            "query_string": self._translation.query(route.call, scope["query_string"]),
            "extensions": {
                name: said
                for name, said in scope.get("extensions", {}).items()
                if name != _PREPARED
            },
        }
        return route.call, routed if "method" not in scope else {**routed, "method": route.method}


class _Body:
    """Hears a request's body as a whole, and then whatever follows."""

    def __init__(self, receive: Receive, translation: Translation) -> None:
        self._receive = receive
        self._translation = translation
        self._is_heard = False

    async def __call__(self) -> Message:
        if self._is_heard:
            return await self._receive()
        body, more = b"", True
        while more and len(body) <= self._translation.longest_body:
            message = await self._receive()
            if message["type"] != "http.request":
                break
            body += message.get("body", b"")
            more = message.get("more_body", False)
        else:
            self._is_heard = True
            heard = body if more else self._translation.body(body)
            return {"type": "http.request", "body": heard, "more_body": more}
        self._is_heard = True
        return message


class _Answers:
    """Sends on what the app says: answers as a whole, frames one by one."""

    def __init__(self, call: Call, translation: Translation, send: Send) -> None:
        self._call = call
        self._translation = translation
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        kind = message["type"].removeprefix("websocket.")
        told: dict[str, Callable[[Message], Awaitable[None]]] = {
            "send": self._frame,
            "close": self._close,
            "http.response.start": self._begin,
            "http.response.body": self._go_on,
        }
        await told.get(kind, self._send)(message)

    async def _frame(self, message: Message) -> None:
        text = message.get("text")
        said = {} if text is None else {"text": self._translation.frames.theirs(text)}
        await self._send({**message, **said})

    async def _close(self, message: Message) -> None:
        code = self._translation.frames.closing_code(message.get("code", 1000))
        await self._send({**message, "code": code})

    async def _begin(self, message: Message) -> None:
        if self._call in _TOLD or message["status"] >= _FIRST_REJECTION:
            self._start = message
        else:
            await self._send(message)

    async def _go_on(self, message: Message) -> None:
        start = self._start
        if start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        reply = self._translation.reply(self._call, Reply(start["status"], self._body))
        length = len(reply.body)
        headers = [self._header(name, value, length) for name, value in start["headers"]]
        await self._send({**start, "status": reply.code, "headers": headers})
        await self._send({**message, "body": reply.body})

    def _header(self, name: bytes, value: bytes, length: int) -> tuple[bytes, bytes]:
        if name.lower() == b"content-length":
            return name, str(length).encode()
        if name.lower() == b"location":
            place = self._translation.routes.location(value.decode("latin-1"))
            return name, place.encode("latin-1")
        return name, value
