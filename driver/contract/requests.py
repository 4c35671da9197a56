"""How requests are spelled: methods, paths, field names, headers and bodies."""

import json
import re
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Self
from urllib.parse import quote, urlencode

from driver.contract.http import JSON, HttpRequest
from driver.contract.malformed import spoiled
from driver.contract.offered import offered
from driver.contract.shapes import nested
from driver.contract.terms import Terms, Words
from driver.messages import Draft, Rejection, Unquoted
from driver.vocabulary import Document, Malformed, OrderStatus, Side, Unsupported

_UPGRADE = {  # RFC 6455, 4.1
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
_PLAIN = re.compile(r"\d+(\.\d+)?", re.ASCII)
_UNUSED_IDS = (2_000_000_000, 100_000_000)  # from where, and how many: they fit 32 bits


class Requests:
    """Spells what a client asks for, by the terms of one contract."""

    def __init__(self, terms: Terms, api_key: str = "") -> None:
        self._terms = terms
        self._endpoints = terms.endpoints
        self._draft = offered(terms, terms.draft)
        self._filters = offered(terms, terms.filters)
        known = {*_all_names(terms.draft), *_all_names(terms.filters)}
        self._not_there = known - {*self._draft, *self._filters}
        self._swapped = _swapped(terms.words)
        self.api_key = api_key
        credentials = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._always = {**terms.headers, **credentials}
        self._accept = {"Accept": JSON, **self._always}

    def with_key(self, api_key: str) -> Self:
        """The same, with the key (RFC 6750) in every request."""
        return type(self)(self._terms, api_key)

    def place(self, draft: Draft) -> HttpRequest:
        """Places an order; what the server has no field for is left out."""
        return self._placing(self.body(draft).encode())

    def place_malformed(self, kind: Malformed, draft: Draft) -> HttpRequest:
        """Sends something in place of an order; `draft` is a valid one to spoil."""
        return self._placing(spoiled(kind, self.body(draft).encode(), self._terms.longest_body))

    def view(self, order_id: str) -> HttpRequest:
        """Asks for one order."""
        return self._to(self._endpoints.view.method, self._endpoints.view.path, order_id)

    def list(self, filters: Mapping[str, object]) -> HttpRequest:
        """Asks for a page of orders; `filters` has neutral names (`status`, `cursor`, …).

        A filter whose value is a tuple is given as often as that has values.
        """
        spelled = [
            (self._filters.get(name, name), self.word(name, each))
            for name, value in filters.items()
            if name not in self._not_there
            for each in (value if isinstance(value, tuple) else (value,))
        ]
        endpoint = self._endpoints.list
        path = f"{endpoint.path}?{urlencode(spelled)}" if spelled else endpoint.path
        return self._to(endpoint.method, path)

    def cancel(self, order_id: str) -> HttpRequest:
        """Asks to cancel an order."""
        return self._to(self._endpoints.cancel.method, self._endpoints.cancel.path, order_id)

    def health(self) -> HttpRequest:
        """Asks for the health check."""
        return self._to(self._endpoints.health.method, self._endpoints.health.path)

    def document(self, what: Document = Document.REQUESTS) -> HttpRequest:
        """Asks for what the server publishes about itself."""
        document = self._endpoints.published(what)
        return self._to(document.method, document.path)

    def explanation(self, rejection: Rejection) -> HttpRequest:
        """Asks what the reason of a rejection means."""
        return self._to("GET", rejection.explanation)

    def unsupported(self, what: Unsupported) -> HttpRequest:
        """Asks for what the server does not offer."""
        return self._to(
            *{
                Unsupported.UNKNOWN_PATH: ("GET", self._endpoints.unknown),
                Unsupported.UNKNOWN_EXPLANATION: ("GET", self._explanation_of_none()),
                Unsupported.REPLACE_ALL: ("PUT", self._endpoints.list.path),
                Unsupported.DELETE_ALL: ("DELETE", self._endpoints.list.path),
            }[what]
        )

    def handshake(self) -> HttpRequest:
        """Opens the event stream as a plain request, whose answer tells what is wrong with it."""
        subscribe = self.subscribe()
        return replace(subscribe, headers={**subscribe.headers, **_UPGRADE})

    def subscribe(self, since: str | None = None) -> HttpRequest:
        """Opens the event stream, replayed from after sequence `since` if given."""
        query = "" if since is None else f"?{urlencode({self._endpoints.since: since})}"
        return HttpRequest("GET", self._endpoints.events + query, self._always)

    def body(self, draft: Draft) -> str:
        """The body of a request to place `draft`."""
        members: dict[str, object] = {
            self._draft.get(name, name): self._value(name, value)
            for name, value in draft.items()
            if name not in self._not_there
        }
        fixed = {name: json.dumps(value) for name, value in self._terms.draft.fixed.items()}
        return _written(nested(members | fixed))

    def location(self, order_id: str) -> str:
        """Where an order is found."""
        return self.view(order_id).path

    def unused_order_id(self) -> str:
        """An ID of the promised form that no order has."""
        if self._terms.forms.order_id != "integer":
            return str(uuid.uuid4())
        first, count = _UNUSED_IDS
        return str(first + secrets.randbelow(count))

    def allows(self, symbol: str) -> bool:
        """Whether the server lets this symbol be traded."""
        symbols = self._terms.words.symbols
        return not symbols or symbol in symbols

    def neutral_field(self, spelled: str) -> str:
        """The neutral name of a field of an order, by its spelling."""
        return _neutral(self._draft, spelled)

    def neutral_filter(self, spelled: str) -> str:
        """The neutral name of a parameter of a list, by its spelling."""
        return _neutral(self._filters, spelled)

    def word(self, name: str, value: object) -> str:
        """A status, a side or a symbol as the server calls it; anything else as it is."""
        words = self._terms.words
        if isinstance(value, OrderStatus):
            return words.statuses[value]
        if isinstance(value, Side):
            return words.sides[value]
        return self._swapped.get(name, {}).get(str(value), str(value))

    def _explanation_of_none(self) -> str:
        """Where a reason would be explained that nobody gives; explanations may be elsewhere."""
        prefix = self._terms.rejections.prefix
        return f"{prefix}of-none" if prefix.startswith("/") else self._endpoints.unknown

    def _placing(self, body: bytes) -> HttpRequest:
        endpoint = self._endpoints.place
        headers = {**self._accept, "Content-Type": JSON}
        return HttpRequest(endpoint.method, endpoint.path, headers, body)

    def _value(self, name: str, value: object) -> str:
        sent = self._terms.forms.sent_quantity if name == "quantity" else "either"
        if isinstance(value, Unquoted):
            return json.dumps(str(value)) if sent == "text" else str(value)
        if sent == "number" and isinstance(value, str) and _PLAIN.fullmatch(value):
            return value
        spelled = isinstance(value, OrderStatus | Side | str)
        return json.dumps(self.word(name, value) if spelled else value)

    def _to(self, method: str, path: str, order_id: str = "") -> HttpRequest:
        where = path.replace("{order_id}", quote(order_id, safe=""))
        return HttpRequest(method, where, self._accept)


def _swapped(words: Words) -> dict[str, dict[str, str]]:
    """What text in place of a word means on this server.

    A word of the features stands for the server's own. What the server takes for a word, and the
    features for none, is sent as the word that it does not know.
    """
    neutral = {
        "status": {each.name: word for each, word in words.statuses.items()},
        "side": {each.name: word for each, word in words.sides.items()},
        "symbol": dict(words.symbols),
    }
    return {
        name: {word: each for each, word in spelled.items()} | spelled
        for name, spelled in neutral.items()
    }


def _neutral(spellings: Mapping[str, str], spelled: str) -> str:
    for name, spelling in spellings.items():
        if spelling == spelled:
            return name
    # A neutral name that is spelled otherwise on the wire stands for no field there.
    return f"/{spelled}" if spelled in spellings else spelled


def _all_names(fields: object) -> set[str]:
    return {name for name, _ in fields if name != "fixed"}  # type: ignore[attr-defined]


def _written(members: Mapping[str, object]) -> str:
    """JSON of objects within objects, whose values are already written."""
    written = (
        f"{json.dumps(name)}: {_written(value) if isinstance(value, Mapping) else value}"
        for name, value in members.items()
    )
    return "{" + ", ".join(written) + "}"
