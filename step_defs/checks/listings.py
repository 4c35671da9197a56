"""What must hold of the pages of a list."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from itertools import pairwise, zip_longest

from bdd import Mismatch
from driver import Action, Capability, Order, OrderPage, OrderStatus
from step_defs.checks.events import await_end
from step_defs.checks.orders import by_creation, require_listed
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer, Placement
from step_defs.world.mismatches import ContractBroken
from step_defs.world.subscribers import clock_offset
from step_defs.world.transcript import differing, fields_in_words
from step_defs.world.world import World

CLOCK_ERROR = 0.02
"""Seconds by which `clock_offset` may be wrong: the fastest event's time on its way."""

SHOWN = 5
"""Lines of what is wrong with the pages of a list."""

LOOKS = 3
"""How often a list with the wrong orders is looked at again: one that comes right was outdated."""


def require_list(world: World, expected: Sequence[Placement]) -> None:
    """The latest list has the expected orders, oldest first, and nothing else."""
    try:
        require_listed(world.listed, expected, world.name_of, world.age)
    except ContractBroken as wrong:
        was_list = all(each.action is Action.LIST for each in world.answers)
        if was_list and _comes_right(world, expected):
            wrong.rule = rules.LIST_FRESH
            wrong.got += "\nand the right orders a moment later"
        raise


def _comes_right(world: World, expected: Sequence[Placement]) -> bool:
    calls = [*world.again()][:1] * LOOKS
    with suppress(Mismatch):
        latest = world.ask(calls, over=world.promise.delay_deadline)[-1:]
        require_listed(world.shown_in(latest), expected, age=world.age)
        return True
    return False


def require_page_sizes(sizes: Sequence[int], expected: Sequence[int]) -> None:
    """Each page shows as many orders as expected."""
    if list(sizes) != list(expected):
        raise ContractBroken(
            "The pages have the wrong sizes",
            expected=_counted(expected),
            got=_counted(sizes),
            rule=rules.LISTED if sum(sizes) < sum(expected) else None,
        )


def _counted(sizes: Sequence[int]) -> str:
    return ", then ".join(f"{size} orders" for size in sizes)


def require_pages(
    listed: Sequence[Order],
    expected: Sequence[Placement],
    age: Callable[[Order], tuple[float, int]] = by_creation,
) -> None:
    """The walk met each expected order once, nothing twice or of another pair, oldest first."""
    wrong = _not_once(listed, expected)
    found = [*wrong, *_other_pairs(listed), *_disordered(listed, age)]
    if found:
        more = [f"… and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
        raise ContractBroken(
            "Paging did not return every order exactly once",
            expected="every order exactly once, oldest first",
            got="\n".join([*found[:SHOWN], *more]),
            rule=rules.PAGED if wrong else rules.LISTED,
        )


def _not_once(listed: Sequence[Order], expected: Sequence[Placement]) -> list[str]:
    ids = (order.order_id for order in listed)
    counts = {**dict.fromkeys((each.order.order_id for each in expected), 0), **Counter(ids)}
    return [
        f"order {order_id} {f'{count} times' if count else 'never'}"
        for order_id, count in counts.items()
        if count != 1
    ]


def _other_pairs(listed: Sequence[Order]) -> list[str]:
    pairs = sorted({order.symbol for order in listed})
    return [f"orders in {', '.join(pairs)}"] if len(pairs) > 1 else []


def _disordered(
    listed: Sequence[Order], age: Callable[[Order], tuple[float, int]]
) -> Iterator[str]:
    for one, then in pairwise(listed):
        if age(then) < age(one):
            yield f"order {then.order_id}, which is older, after order {one.order_id}"


def require_same_pages(first: Sequence[OrderPage], again: Sequence[OrderPage]) -> None:
    """Each page shows the same orders when it is requested again."""
    none: list[str] = []
    both = zip_longest(map(_ids, first), map(_ids, again), fillvalue=none)
    for number, (expected, got) in enumerate(both, start=1):
        if got != expected:
            raise ContractBroken(
                f"Page {number} has other orders when it is requested again",
                expected="\n".join(f"order {each}" for each in expected) or "no order",
                got="\n".join(f"order {each}" for each in got) or "no order",
            )


def _ids(page: OrderPage) -> list[str]:
    return [order.order_id for order in page.orders]


def require_listed_as_viewed(world: World, placement: Placement) -> None:
    """Each list shows the order as a view does that is asked for now.

    An order that was PENDING in the list may have another status by now.
    """
    listed = world.sightings(placement)
    views = world.ask([partial(world.port.view, placement.order.order_id)])
    (viewed,) = world.sightings(placement, views)
    for order in listed:
        if not world.port.offers(Capability.TIMES):
            viewed = replace(viewed, created_at=order.created_at, updated_at=order.updated_at)
        if order.status is OrderStatus.PENDING:
            viewed = replace(viewed, status=order.status, updated_at=order.updated_at)
        expected, got = differing(asdict(viewed), asdict(order))
        if expected:
            raise ContractBroken(
                "An order is listed differently than it is viewed",
                expected=fields_in_words(expected),
                got=fields_in_words(got),
            )


def require_filtered(world: World, status: OrderStatus) -> None:
    """Each list shows only orders of the status, and all that had it from request to answer."""
    for placement in world.placements:
        await_end(world, placement.order)
    offset = clock_offset(world.subscribers.control)
    for answer, page in zip(world.answers, world.pages, strict=True):
        listed = page.orders
        for order in listed:
            _require_filtered(order, status)
        missing = _had(world, status, answer, offset) - {each.order_id for each in listed}
        if missing:
            raise ContractBroken(
                f"A list of the {status} orders is incomplete",
                expected=f"each order that was {status} all the time",
                got="\n".join(f"a list without order {each}" for each in sorted(missing)),
            )


def _require_filtered(order: Order, status: OrderStatus) -> None:
    if order.status is not status:
        raise ContractBroken(
            f"A list of the {status} orders shows another one",
            expected=status,
            got=f"{order.status} for order {order.order_id}",
            rule=rules.FILTERED,
        )


def _had(world: World, status: OrderStatus, during: AnyAnswer, offset: float) -> set[str]:
    """The orders that had the status when the request was sent, and still when it was answered."""
    held = set()
    for placement in world.placements:
        events = world.subscribers.control.events_of(placement.order.order_id)
        times = [each.event.occurred_at.timestamp() + offset for each in events]
        until = [*times[1:], math.inf]
        for each, began, ended in zip(events, times, until, strict=True):
            in_time = began < during.sent and during.received + CLOCK_ERROR < ended
            if each.event.status is status and in_time:
                held.add(placement.order.order_id)
    return held
