"""Everything that is asked of a server, in one place: the answers and frames to be read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from driver.contract import HttpAnswer
from driver.credentials import API_KEY
from driver.errors import ApiKeyNeeded
from driver.probing import life, paths, rejections
from driver.probing.example import Example, guesses
from driver.probing.life import Placed
from driver.probing.talk import Caller, Tape, succeeded
from driver.vocabulary import Reason

_UNAUTHORISED = 401
_SIX, _FIRST = re.compile("[A-Z]{6}"), re.compile("EUR", re.IGNORECASE)
_ID = paths.ORDER_ID
_UNUSED = {"uuid": "00000000-0000-4000-8000-000000000000", "integer": "2000000000"}


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows: an order that is right, where orders and events are, how to cancel."""

    order: Example | None = None
    orders: str | None = None
    events: str | None = None
    cancel: str | None = None
    """Method and path, such as `POST /orders/{order_id}/cancel`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server said. `executed` and `cancelled` are views of two orders at their end."""

    described: paths.Described
    health: tuple[str, int] | None
    listing: str
    listed: HttpAnswer
    first: Placed
    view: str
    viewed: HttpAnswer
    executed: HttpAnswer | None
    second: Placed
    cancel: tuple[str, str] | None
    cancelled: HttpAnswer | None
    cancelled_view: HttpAnswer
    events: str | None
    told: list[Any]
    told_of_second: list[Any]
    other_frames: list[Any]
    said: rejections.Said
    takes: frozenset[type]
    """In which types a quantity is accepted: int, str or both."""
    sides: tuple[str, str] | None
    symbols: dict[str, str]
    """What EURUSD and GBPUSD are called, if not so."""


def look(caller: Caller, hints: Hints) -> Seen:
    """Asks for one order's life, and for what should be rejected.

    Raises ServerUnreachable, AnswerOverdue, ApiKeyNeeded or ProbeFailed.
    """
    described = paths.published(caller)
    listing = _listing(caller, hints, described)
    stream, tape = _subscribed(caller, listing, hints.events)
    places = [hints.orders, described.place, listing, listing.removesuffix("s")]
    known = [hints.order] if hints.order else [described.order, *guesses()]
    first = life.place(caller, filter(None, places), filter(None, known))
    likely = [described.view, *(f"{each}/{_ID}" for each in (first.path, listing))]
    first, view, viewed = life.viewing(caller, first, likely)
    executed = life.ended(caller, first, view)
    second = life.another(caller, first)
    spelled = [f"DELETE {view}", f"POST {view}/cancel", f"POST {view}/cancellation"]
    found = life.cancelling(caller, second, [hints.cancel, described.cancel, *spelled])
    cancel = found[:2] if found else None
    told = [life.about(tape, each.order_id, 2) if tape else [] for each in (first, second)]
    orders = (first.order_id, second.order_id)
    return Seen(
        described=described,
        health=paths.health(caller, listing),
        listing=listing,
        listed=caller.ask("GET", listing),
        first=first,
        view=view,
        viewed=viewed,
        executed=executed,
        second=second,
        cancel=cancel,
        cancelled=found[2] if found else None,
        cancelled_view=caller.ask("GET", second.at(view)),
        events=stream,
        told=told[0],
        told_of_second=told[1],
        other_frames=life.others(tape, orders) if tape else [],
        said=_rejected(caller, first, second, view, cancel) if cancel else {},
        takes=_types_of_quantity(caller, first),
        sides=_sides(caller, first),
        symbols=_symbols(caller, first),
    )


def _listing(caller: Caller, hints: Hints, described: paths.Described) -> str:
    given = hints.orders or described.list
    for path, _ in paths.listings(caller, given):
        return path
    path = given or "/orders"
    answer = caller.ask("GET", path)
    if answer.code == _UNAUTHORISED:
        raise ApiKeyNeeded(answer.where, API_KEY)
    raise life.ProbeFailed(
        f"No list of orders was found at {caller.base_url} (GET {path} was answered with "
        f"{answer.code}): name its path with --orders, such as --orders /api/v2/orders."
    )


def _subscribed(caller: Caller, listing: str, given: str | None) -> tuple[str | None, Tape | None]:
    for path in paths.streams(caller, listing, given):
        tape = caller.subscribe(path)
        if tape is not None:
            return path, tape
    return None, None


def _rejected(
    caller: Caller, first: Placed, second: Placed, view: str, cancel: tuple[str, str]
) -> rejections.Said:
    unused = _UNUSED["integer" if isinstance(first.order_id, int) else "uuid"]
    said = rejections.provoked(caller, first, second, view.replace(_ID, unused), cancel)
    third = life.another(caller, first)
    answer = rejections.second_of_two(caller, third, cancel)
    return said | ({Reason.CANCEL_PENDING: answer} if answer else {})


def _types_of_quantity(caller: Caller, placed: Placed) -> frozenset[type]:
    value = placed.sent.value("quantity")
    spelled: Iterable[Any] = (str(value), int(float(value)) if value is not None else 1)
    return frozenset(
        type(each)
        for each in spelled
        if _accepted(caller, placed, placed.sent.with_value("quantity", each))
    )


def _sides(caller: Caller, placed: Placed) -> tuple[str, str] | None:
    sides = placed.sent.sides
    if sides is None:
        return None
    return sides if _accepted(caller, placed, placed.sent.with_value("side", sides[1])) else None


def _symbols(caller: Caller, placed: Placed) -> dict[str, str]:
    """Tried only where a symbol is not six capital letters."""
    said = str(placed.sent.value("symbol"))
    other = _FIRST.sub("GBP", said, count=1)
    if _SIX.fullmatch(said) or other == said:
        return {}
    if not _accepted(caller, placed, placed.sent.with_value("symbol", other)):
        return {}
    return {"EURUSD": said, "GBPUSD": other}


def _accepted(caller: Caller, placed: Placed, sent: Example) -> bool:
    return succeeded(caller.ask("POST", placed.path, sent.fresh().document))
