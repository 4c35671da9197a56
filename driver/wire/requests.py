"""How requests are spelled: paths, field names and bodies."""

import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from driver.messages import Draft, Unquoted

ORDERS = "/orders"
HEALTH = "/healthz"
EVENTS = "/ws"
DOCUMENT = "/openapi.json"

FIELDS = {"reference": "clientOrderId"}
NEUTRAL_NAMES = {spelled: name for name, spelled in FIELDS.items()}


def order_path(order_id: str) -> str:
    """The path of one order."""
    return f"{ORDERS}/{quote(order_id, safe='')}"


def listing_path(filters: Mapping[str, str]) -> str:
    """The path of a page of orders; `filters` has neutral names (`status`, `cursor`, …)."""
    query = urlencode({FIELDS.get(name, name): value for name, value in filters.items()})
    return f"{ORDERS}?{query}" if query else ORDERS


def events_path(since: str | None) -> str:
    """The path of the event stream, replayed from after sequence `since` if given."""
    return EVENTS if since is None else f"{EVENTS}?{urlencode({'since': since})}"


def encode(draft: Draft) -> str:
    """The body of a request to place `draft`."""
    members = (
        f"{json.dumps(FIELDS.get(name, name))}: {_encode_value(value)}"
        for name, value in draft.items()
    )
    return "{" + ", ".join(members) + "}"


def _encode_value(value: object) -> str:
    return str(value) if isinstance(value, Unquoted) else json.dumps(value)
