"""How requests are spelled: methods, paths, field names, headers and bodies."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Self
from urllib.parse import quote, urlencode

from driver.contract.http import JSON, HttpRequest
from driver.contract.terms import Endpoint, Terms
from driver.messages import Draft, Rejection, Unquoted
from driver.vocabulary import Malformed, OrderStatus, Side, Unsupported

_UPGRADE = {  # RFC 6455, 4.1
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Requests:
    """Spells what a client asks for, by the terms of one contract."""

    def __init__(self, terms: Terms, api_key: str = "") -> None:
        self._terms = terms
        self._credentials = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._endpoints = terms.endpoints
        self._names = {**terms.fields.draft, **terms.fields.filters}
        self._neutral = {spelled: name for name, spelled in self._names.items()}

    def with_key(self, api_key: str) -> Self:
        """The same, with the key (RFC 6750) in every request."""
        return type(self)(self._terms, api_key)

    def place(self, draft: Draft) -> HttpRequest:
        """Places an order."""
        return self._placing(self.body(draft).encode())

    def place_malformed(self, kind: Malformed, draft: Draft) -> HttpRequest:
        """Sends something in place of an order; `draft` is a valid one to spoil."""
        return self._placing(_spoiled(kind, self.body(draft).encode(), self._terms.longest_body))

    def view(self, order_id: str) -> HttpRequest:
        """Asks for one order."""
        return self._to(self._endpoints.view, order_id)

    def list(self, filters: Mapping[str, object]) -> HttpRequest:
        """Asks for a page of orders; `filters` has neutral names (`status`, `cursor`, …)."""
        names = self._terms.fields.filters
        query = urlencode({names.get(name, name): self.word(it) for name, it in filters.items()})
        endpoint = self._endpoints.list
        path = f"{endpoint.path}?{query}" if query else endpoint.path
        return HttpRequest(endpoint.method, path, self._accept)

    def cancel(self, order_id: str) -> HttpRequest:
        """Asks to cancel an order."""
        return self._to(self._endpoints.cancel, order_id)

    def health(self) -> HttpRequest:
        """Asks for the health check."""
        return self._to(self._endpoints.health)

    def document(self) -> HttpRequest:
        """Asks for the document that the server publishes about itself."""
        return self._to(self._endpoints.document)

    def explanation(self, rejection: Rejection) -> HttpRequest:
        """Asks what the reason of a rejection means."""
        return HttpRequest("GET", rejection.explanation, self._accept)

    def unsupported(self, what: Unsupported) -> HttpRequest:
        """Asks for what the server does not offer."""
        method, path = {
            Unsupported.UNKNOWN_PATH: ("GET", self._endpoints.unknown),
            Unsupported.REPLACE_ALL: ("PUT", self._endpoints.list.path),
            Unsupported.DELETE_ALL: ("DELETE", self._endpoints.list.path),
        }[what]
        return HttpRequest(method, path, self._accept)

    def handshake(self) -> HttpRequest:
        """Opens the event stream as a plain request, whose answer tells what is wrong with it."""
        subscribe = self.subscribe()
        return replace(subscribe, headers={**subscribe.headers, **_UPGRADE})

    def subscribe(self, since: str | None = None) -> HttpRequest:
        """Opens the event stream, replayed from after sequence `since` if given."""
        query = "" if since is None else f"?{urlencode({self._terms.fields.since: since})}"
        return HttpRequest("GET", self._endpoints.events + query, self._credentials)

    def body(self, draft: Draft) -> str:
        """The body of a request to place `draft`."""
        names = self._terms.fields.draft
        members = (
            f"{json.dumps(names.get(name, name))}: {self._value(value)}"
            for name, value in draft.items()
        )
        return "{" + ", ".join(members) + "}"

    def location(self, order_id: str) -> str:
        """Where an order is found."""
        return self.view(order_id).path

    def neutral_field(self, spelled: str) -> str:
        """The neutral name of a field or filter, by its spelling."""
        # A neutral name that is spelled otherwise on the wire stands for no field there.
        unknown = f"/{spelled}" if spelled in self._names else spelled
        return self._neutral.get(spelled, unknown)

    def word(self, value: object) -> str:
        """A status or a side as the server calls it; anything else as it is."""
        if isinstance(value, OrderStatus):
            return self._terms.words.statuses[value]
        return self._terms.words.sides[value] if isinstance(value, Side) else str(value)

    def _placing(self, body: bytes) -> HttpRequest:
        endpoint = self._endpoints.place
        headers = {**self._accept, "Content-Type": JSON}
        return HttpRequest(endpoint.method, endpoint.path, headers, body)

    @property
    def _accept(self) -> dict[str, str]:
        return {"Accept": JSON, **self._credentials}

    def _to(self, endpoint: Endpoint, order_id: str = "") -> HttpRequest:
        path = endpoint.path.replace("{order_id}", quote(order_id, safe=""))
        return HttpRequest(endpoint.method, path, self._accept)

    def _value(self, value: object) -> str:
        if isinstance(value, Unquoted):
            return str(value)
        return json.dumps(self.word(value) if isinstance(value, OrderStatus | Side) else value)


def _spoiled(kind: Malformed, order: bytes, longest: int) -> bytes:
    bodies = {
        Malformed.TRUNCATED: order[:-1],
        Malformed.EMPTY: b"",
        Malformed.PLAIN_TEXT: b"buy 100 EURUSD",
        # RFC 3629, 1: these octets never appear in UTF-8.
        Malformed.INVALID_CHARACTERS: order.replace(b'": "', b'": "\xff\xfe', 1),
        Malformed.LIST: b"[" + order + b"]",
        Malformed.NUMBER: b"100",
        Malformed.NULL: b"null",
        Malformed.BRACKETS: b"[" * 1000,
        Malformed.LONGEST: order.ljust(longest),
        Malformed.TOO_LONG: order.ljust(longest + 1),
    }
    return bodies[kind]
