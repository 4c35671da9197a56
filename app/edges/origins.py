"""Keeps pages of other sites from trading, or reading events, through a visitor's browser.

A browser tells in `Origin` which page makes a request that changes something or opens a
WebSocket (RFC 6454, RFC 6455, 10.2); other clients do not send it, and are no visitors.
"""

import ipaddress
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app.edges.headers import header, reject
from app.edges.problems import Problem

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class OriginCheck:
    """Rejects writes and WebSockets of pages that are not the server's own, nor `allowed`.

    The server's own are those of the address that the request is for, if no other site can make
    its name mean this machine: an IP address or localhost. A name has to be allowed.
    """

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...]) -> None:
        self._app = app
        self.allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection, as any ASGI app does."""
        origin = header(scope, b"origin") if self.applies_to(scope) else None
        if origin is None or self.trusts(origin, header(scope, b"host") or ""):
            await self._app(scope, receive, send)
        else:
            await reject(_foreign(origin), scope, receive, send)

    def applies_to(self, scope: Scope) -> bool:
        """Whether the connection changes something, or receives events."""
        kind = scope["type"]
        return kind == "websocket" or (kind == "http" and scope["method"] not in _READING)

    def trusts(self, origin: str, host: str) -> bool:
        """Whether a page of `origin` may use the server that it reaches as `host`."""
        own = origin in (f"http://{host}", f"https://{host}") and _names_this_machine(host)
        return own or origin in self.allowed


def _names_this_machine(host: str) -> bool:
    """Whether nobody can rebind the name to another machine's address after a page is loaded."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return True


def _foreign(origin: str) -> Problem:
    return Problem.of(
        "foreign-origin",
        f"Pages of {origin} may not trade or receive events here. If they should, add their "
        "origin to TRADING_ALLOWED_ORIGINS.",
    )
