"""Servers that share a store, and are not one exchange all the same."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.wiring import Parts
from faults.fault import REPLICAS, Fault


def _part(name: str) -> Callable[..., Any]:
    """A part by its name, imported where it is made: it needs an extra requirement."""

    def make(*parts: object, **options: object) -> Any:
        return getattr(importlib.import_module("faults.shared_parts"), name)(*parts, **options)

    return make


def _shares(name: str, breaks: str, about: str, rule: str, parts: Parts) -> Fault:
    """Each server takes a second to start: only the scenario that it is about is run."""
    return Fault(
        name,
        breaks,
        (f"several_replicas: {about}",),
        rule,
        parts,
        selection=replace(REPLICAS, words=" and ".join(about.split())),
    )


_KNOWN = "Several replicas: What one replica accepts, every replica knows"
_DIES = "Several replicas: A replica that dies takes no accepted order along"
_AWAY = "Several replicas: While the store is away orders are rejected"
_OUTLIVE = "Several replicas: Orders outlive all replicas"

FAULTS = (
    _shares(
        "replica-tells-of-its-own-orders-only",
        "A subscriber hears of every order, whichever replica it was placed at.",
        "An order placed at one replica is cancelled at another",
        _KNOWN,
        Parts(shared_store=_part("NotesItsOrders"), shared_feed=_part("TellsOfItsOrders")),
    ),
    _shares(
        "replica-lists-its-own-orders-only",
        "A list has the orders of all replicas.",
        "Orders placed at one replica are listed at another",
        "Listing orders: All orders are listed, oldest first",
        Parts(shared_store=_part("ListsItsOrders")),
    ),
    _shares(
        "reference-reserved-per-replica",
        "A reference is used for one order of all replicas.",
        "Of orders with one reference at all replicas",
        _KNOWN,
        Parts(shared_store=_part("ReservesForItself")),
    ),
    _shares(
        "orders-of-the-dead-left",
        "The orders of a replica that dies are executed by the others.",
        "Orders of a replica that dies are executed",
        _DIES,
        Parts(shared_store=_part("TakesNothingOver")),
    ),
    _shares(
        "replica-changes-without-compare",
        "Of a cancel and an execution at two replicas one wins.",
        "A replica dies while orders are placed",
        _DIES,
        Parts(shared_store=_part("ChangesWithoutCompare")),
    ),
    _shares(
        "replica-resumes-from-its-own-position",
        "A subscriber goes on at another replica from where it was.",
        "A subscriber of a replica that dies goes on",
        _DIES,
        Parts(shared_feed=_part("ResumesFromItsPosition")),
    ),
    _shares(
        "replica-stays-away",
        "A replica serves again when the store is back.",
        "An order is rejected while the store is away",
        _AWAY,
        Parts(shared_store=_part("StaysAway")),
    ),
    _shares(
        "replica-deaf-after-the-store-was-away",
        "Subscribers hear of orders again when the store is back.",
        "An order is rejected while the store is away",
        _AWAY,
        Parts(shared_feed=_part("DeafAfterwards")),
    ),
    _shares(
        "orders-of-former-replicas-unknown",
        "Orders are known to replicas that were started later.",
        "Orders are still there after all replicas",
        _OUTLIVE,
        Parts(shared_store=_part("KnowsTheNewOnly")),
    ),
)
