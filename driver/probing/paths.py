"""Where a server takes orders and tells events: as its documents say, or as many servers do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from driver.contract import HttpAnswer
from driver.probing.example import ROLES, Example, described, resolved
from driver.probing.leaves import arrays
from driver.probing.talk import Caller, document, succeeded

ORDER_ID = "{order_id}"
_DOCUMENTS = ("/openapi.json", "/v3/api-docs", "/swagger.json", "/api-docs", "/api/openapi.json")
_STREAM_DOCUMENT = "/asyncapi.json"
_BASES = ("", "/api", "/v1", "/v2", "/v3", "/api/v1", "/api/v2")
_LISTS = ("/orders", "/trades")
_STREAMS = ("/ws", "/ws/orders", "/events", "/stream", "/orders/ws", "/orders/events", "/feed")
_HEALTH = ("/healthz", "/health", "/v1/health", "/api/health", "/health/live", "/ping")
_FILTERS = {
    "status": re.compile("status|state|phase", re.IGNORECASE),
    **{role: ROLES[role] for role in ("symbol", "reference")},
    "limit": re.compile("limit|max|size|count", re.IGNORECASE),
    "cursor": re.compile("cursor|from|after|token", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Described:
    """What an OpenAPI document `at` some path says of orders; `cancel` begins with its method."""

    at: str | None = None
    place: str | None = None
    view: str | None = None
    list: str | None = None
    cancel: str | None = None
    order: Example | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    """The parameters of a list, by neutral names."""


def published(caller: Caller) -> Described:
    """What the server's OpenAPI document says; nothing if it publishes none."""
    for path in _DOCUMENTS:
        answer = caller.ask("GET", path)
        found = document(answer) if succeeded(answer) else None
        if isinstance(found, dict) and isinstance(found.get("paths"), dict):
            return _described(path, found)
    return Described()


def _described(at: str, whole: Mapping[str, Any]) -> Described:
    place, order = next(_placing(whole), (None, None))
    if place is None:
        return Described(at)
    below = [
        (method.upper(), re.sub(r"\{[^}]*\}", ORDER_ID, path))
        for path, methods in whole["paths"].items()
        if path.count("{") == 1
        for method in methods
    ]
    collections = [path for path, methods in whole["paths"].items() if "get" in methods]
    listing = next((each for each in (place, f"{place}s") if each in collections), None)
    view = (path for method, path in below if method == "GET" and path.endswith(ORDER_ID))
    return Described(
        at=at,
        place=place,
        view=next((path for path in view if _kin(path, place)), None),
        list=listing,
        cancel=next(_cancelling(below, place), None),
        order=order,
        filters=_filters(whole, listing) if listing else {},
    )


def _filters(whole: Mapping[str, Any], listing: str) -> dict[str, str]:
    parameters = whole["paths"][listing]["get"].get("parameters", ())
    names = [str(resolved(each, whole).get("name")) for each in parameters]
    meant = {role: [each for each in names if form.search(each)] for role, form in _FILTERS.items()}
    return {role: found[0] for role, found in meant.items() if found}


def _placing(whole: Mapping[str, Any]) -> Iterator[tuple[str, Example]]:
    for path, methods in whole["paths"].items():
        if not isinstance(methods, dict) or "post" not in methods or "{" in path:
            continue
        body = resolved(methods["post"].get("requestBody", {}), whole).get("content", {})
        for media in body.values():
            order = described(media.get("schema", {}), whole)
            if order is not None:
                yield path, order


def _cancelling(below: Iterable[tuple[str, str]], place: str) -> Iterator[str]:
    kin = [(method, path) for method, path in below if _kin(path, place)]
    for method, path in kin:
        if method == "DELETE" or (method in ("POST", "PUT") and "cancel" in path.lower()):
            yield f"{method} {path}"


def _kin(path: str, place: str) -> bool:
    return path.startswith((f"{place}/", f"{place}s/"))


def listings(caller: Caller, given: str | None) -> Iterator[tuple[str, HttpAnswer]]:
    """The paths that answer with an array of something, likely ones first."""
    for path in (given,) if given else [base + each for each in _LISTS for base in _BASES]:
        answer = caller.ask("GET", path)
        if succeeded(answer) and next(arrays(document(answer)), None) is not None:
            yield path, answer


def streams(caller: Caller, listing: str, given: str | None) -> Iterator[str]:
    """Where events may be told, likely places first."""
    if given:
        yield given
        return
    answer = caller.ask("GET", _STREAM_DOCUMENT)
    said = document(answer) if succeeded(answer) else None
    channels = said.get("channels", {}) if isinstance(said, dict) else {}
    for name, channel in channels.items():
        yield str(channel.get("address", name) if isinstance(channel, dict) else name)
    base = listing.rpartition("/")[0]
    yield from dict.fromkeys([*(base + each for each in _STREAMS), *_STREAMS])


def health(caller: Caller, listing: str) -> tuple[str, int] | None:
    """Where the health check is, and its code."""
    base = listing.rpartition("/")[0]
    for path in dict.fromkeys([*_HEALTH, f"{base}/health"]):
        answer = caller.ask("GET", path)
        if succeeded(answer) and document(answer) == {"status": "ok"}:
            return path, answer.code
    return None
