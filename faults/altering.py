"""Alters what enters and leaves the correct server, for faults of its outermost edge."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Wrap = Callable[[ASGIApp], ASGIApp]
Query = dict[str, str]
Parameters = list[tuple[str, str]]
"""The names and values of a query, as they are given."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer on its way out; the names of its headers are in lower case."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, if it is JSON; otherwise an empty object."""
        is_json = self.headers.get("content-type", "").endswith("json")
        return json.loads(self.body) if is_json else {}

    @property
    def problem(self) -> str:
        """Which rejection it is, as `/problems/<slug>` names it; empty for none."""
        slug: str = self.json["type"] if self.status >= 400 else ""  # noqa: PLR2004 - RFC 9110
        return slug.removeprefix("/problems/")

    def with_json(self, document: Any) -> Self:
        """The same answer with another body."""
        return replace(self, body=json.dumps(document).encode())

    def messages(self) -> tuple[Message, Message]:
        """What ASGI sends."""
        headers = self.headers | {"content-length": str(len(self.body))}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        start = {"type": "http.response.start", "status": self.status, "headers": raw}
        return start, {"type": "http.response.body", "body": self.body}


def altering_answers(alter: Callable[[HttpAnswer], HttpAnswer]) -> Wrap:
    """Lets `alter` change every HTTP answer."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            sent: list[Message] = []

            async def collect(message: Message) -> None:
                sent.append(message)
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    for altered in alter(_answer(scope, sent)).messages():
                        await send(altered)

            await app(scope, receive, collect)

        return wrapped

    return wrap


def altering_queries(amend: Callable[[Query], Query]) -> Wrap:
    """Lets `amend` change the query of every request, also of WebSocket connections.

    One that gives a parameter twice is left to the server.
    """

    def of_parameters(given: Parameters) -> Parameters:
        query = dict(given)
        return given if len(query) < len(given) else list(amend(query).items())

    return altering_parameters(of_parameters)


def altering_parameters(amend: Callable[[Parameters], Parameters]) -> Wrap:
    """The same for queries that may give a parameter several times."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if "query_string" in scope:
                given = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
                scope = {**scope, "query_string": urlencode(amend(given)).encode()}
            await app(scope, receive, send)

        return wrapped

    return wrap


def altering_closings(alter: Callable[[Message], Message]) -> Wrap:
    """Lets `alter` change how the server closes WebSocket connections."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            async def altered(message: Message) -> None:
                closing = message["type"] == "websocket.close"
                await send(alter(message) if closing else message)

            await app(scope, receive, altered)

        return wrapped

    return wrap


def _answer(scope: Scope, sent: list[Message]) -> HttpAnswer:
    start, *parts = sent
    return HttpAnswer(
        method=scope["method"],
        path=scope["path"],
        status=start["status"],
        headers={name.decode().lower(): value.decode() for name, value in start["headers"]},
        body=b"".join(part.get("body", b"") for part in parts),
    )
