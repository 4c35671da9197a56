"""What the fields of an order, a list and an event are called, told by their values."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from driver.probing.example import Example
from driver.probing.leaves import arrays, common_place, inside, is_id, leaves, name_of

_MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CURSOR = re.compile(r"next|cursor|more|continu", re.IGNORECASE)
_A_DAY = 86400.0


@dataclass
class Names:
    """The paths of what was recognised, by neutral names, and those of what was not."""

    paths: dict[str, str]
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lives:
    """What an order looked like when it was placed, when executed, and another when cancelled."""

    sent: Example
    placed: Mapping[str, Any]
    executed: Mapping[str, Any]
    cancelled: Mapping[str, Any]
    id_path: str


def time_form(value: object) -> str | None:
    """How a moment of today is written; None for what is none."""
    if isinstance(value, str):
        if _MICROSECONDS.fullmatch(value):
            return "microseconds"
        return "rfc3339" if _RFC3339.fullmatch(value) else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    for form, unit in (("epoch_seconds", 1.0), ("epoch_milliseconds", 0.001)):
        if abs(value * unit - time.time()) < _A_DAY:
            return form
    return None


def id_form(value: object) -> str:
    """Of which form an order's ID is."""
    if isinstance(value, int):
        return "integer"
    return "uuid" if _UUID.fullmatch(str(value)) else "text"


def order_names(lives: Lives) -> Names:
    """The fields of an order that is shown."""
    paths = {"order_id": lives.id_path}
    shown = lives.placed
    for role, place in lives.sent.places.items():
        same = [path for path in shown if is_same(shown[path], lives.sent.value(role))]
        same = [path for path in same if path not in paths.values()]
        same.sort(key=lambda path: name_of(path) != name_of(place))
        if same:
            paths[role] = same[0]
    for path, value in shown.items():
        if path in paths.values():
            continue
        changed = lives.executed.get(path) != value
        if time_form(value):
            paths.setdefault("updated_at" if changed else "created_at", path)
        elif changed and isinstance(value, str):
            paths.setdefault("status", path)
    return Names(paths, [path for path in shown if path not in paths.values()])


def is_same(shown: object, sent: object) -> bool:
    """Whether a value is what was sent, however a number is written."""
    if isinstance(shown, bool) or shown is None or sent is None:
        return False
    if str(shown) == str(sent):
        return True
    try:
        return Decimal(str(shown)) == Decimal(str(sent))
    except InvalidOperation:
        return False


def place_in_list(listed: object, order_id: object) -> tuple[str, dict[str, Any]] | None:
    """Where in a list's answer the orders stand, and the one with this ID; None without it."""
    for path, items in arrays(listed):
        for item in items:
            found = leaves(item)
            if any(is_id(name, value, order_id) for name, value in found.items()):
                return path, found
    return None


def cursor_in(listed: object, orders: str) -> str | None:
    """Where a list tells how it goes on."""
    return next((p for p in leaves(listed) if p != orders and _CURSOR.search(name_of(p))), None)


def order_place(names: Names, shown: Mapping[str, Any], item: Mapping[str, Any] | None) -> str:
    """Where in an answer an order stands that stands in lists as it is."""
    place = common_place(list(names.paths.values()))
    while item is not None and place and set(inside(shown, place)) != set(item):
        place = place.rpartition(".")[0]
    return place


def event_names(
    told: list[Mapping[str, Any]], order_id: object, lives: Lives, names: Names
) -> Names:
    """The fields of events, told by the first two of an order."""
    first, second = told[0], told[-1]
    paths: dict[str, str] = {}
    for path, value in second.items():
        is_ours = is_id(path, value, order_id)
        role = "order_id" if is_ours else _event_role(first.get(path), value)
        if role is not None:
            paths.setdefault(role, path)
    for role in ("reference", "symbol", "side", "quantity"):
        shown = lives.placed.get(names.paths.get(role, ""))
        same = [path for path, value in first.items() if is_same(value, shown)]
        if same and same[0] not in paths.values():
            paths[role] = same[0]
    return Names(paths, [path for path in second if path not in paths.values()])


def _event_role(first: object, second: object) -> str | None:
    if first == second:
        return None
    if time_form(second):
        return "occurred_at"
    if isinstance(first, int) and isinstance(second, int) and first < second:
        return "sequence"
    if first is None and isinstance(second, str):
        return "previous_status"
    return "status" if isinstance(second, str) else None
