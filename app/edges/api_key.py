"""Asks for the operator's key, where there is one.

Programs give it as a bearer token (RFC 6750). A browser cannot set headers on a WebSocket, so
there it is given as a subprotocol, next to the one that the server speaks.
"""

import base64
import hmac

from starlette.types import ASGIApp, Receive, Scope, Send

from app.edges.headers import header, reject
from app.edges.problems import Problem

SUBPROTOCOL = "trading"
"""What the server answers a browser that offers subprotocols."""

_KEY_SUBPROTOCOL = "bearer."
_BEARER = "bearer"
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class ApiKeyGuard:
    """Lets in who gives the key, and anybody to the `open_paths`.

    The key is compared in a time that does not depend on how much of it is right, and is in no
    answer and in no log.
    """

    def __init__(self, app: ASGIApp, key: str, open_paths: tuple[str, ...]) -> None:
        self._app = app
        self.key = key.encode()
        self._open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection, as any ASGI app does."""
        if scope["type"] == "lifespan" or self.is_open(scope["path"]) or self._knows_key(scope):
            await self._app(scope, receive, send)
        else:
            await reject(_UNAUTHORISED, scope, receive, send, _CHALLENGE)

    def is_open(self, path: str) -> bool:
        """Whether the path needs no key; one that ends with a slash opens all below it."""
        return any(
            path == each or (each != "/" and each.endswith("/") and path.startswith(each))
            for each in self._open_paths
        )

    def _knows_key(self, scope: Scope) -> bool:
        return any(self.fits(given) for given in _given_keys(scope))

    def fits(self, given: bytes) -> bool:
        """Whether this is the key."""
        return hmac.compare_digest(given, self.key)


_UNAUTHORISED = Problem.of(
    "unauthorized", "This server asks for an API key, and the request gave none or a wrong one."
)


def _given_keys(scope: Scope) -> list[bytes]:
    scheme, _, token = (header(scope, b"authorization") or "").partition(" ")
    keys = [token.strip().encode()] if scheme.lower() == _BEARER else []
    keys += [
        _decoded(offered.removeprefix(_KEY_SUBPROTOCOL))
        for offered in scope.get("subprotocols", ())
        if offered.startswith(_KEY_SUBPROTOCOL)
    ]
    return keys


def _decoded(text: str) -> bytes:
    """What a subprotocol, which may hold few characters only, stands for: base64url (RFC 4648)."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
