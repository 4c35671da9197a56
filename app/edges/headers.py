"""What stands at the edge of HTTP and WebSocket alike: reading a header, and turning away."""

import asyncio
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from app.edges.problems import Problem, problem_response


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of this name, which is given in lower case; None if there is none."""
    for found, value in scope["headers"]:
        if found == name:
            text: str = value.decode("latin-1")
            return text
    return None


async def reject(
    problem: Problem,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answers a request, or a WebSocket's handshake, with a problem."""
    response: ASGIApp = problem_response(problem, headers)
    await response(scope, receive, send)
    if scope["type"] == "websocket":
        # uvicorn logs an error if the handler ends before the rejected connection has closed.
        await asyncio.sleep(0)
