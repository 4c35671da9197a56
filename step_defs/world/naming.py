"""Names in place of IDs, in what a scenario shows of itself."""

import re
from collections.abc import Callable, Iterator

from step_defs.world.drafts import REFERENCE
from step_defs.world.world import World

UNMISTAKABLE = 8
"""Characters from which on an ID is found in any text; a shorter one might be another number.

So many are shown of the ID of an order that nobody here has placed.
"""

_WORD = re.compile(r"(?P<noun>\b(?:order|reference) )?(?P<slash>/)?(?P<word>[\w.-]*\w)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def wording(world: World) -> Callable[[str], str]:
    """Puts names in place of the IDs of orders, and `its own` where an order has its reference."""
    names = order_names(world)
    references = _references(world)

    def word(found: re.Match[str]) -> str:
        name = names.get(found["word"])
        if name is not None and len(found["word"]) >= UNMISTAKABLE:
            return f"/{{{name}}}" if found["slash"] else name
        if found["noun"] == "reference " and found["word"] in references:
            return "reference its own"
        return _UUID.sub(lambda uuid: beginning(uuid[0]), found[0])

    return lambda text: _WORD.sub(word, text)


def beginning(order_id: str) -> str:
    """The beginning of a long ID, where no name can stand for it."""
    return order_id if len(order_id) <= UNMISTAKABLE else f"{order_id[:UNMISTAKABLE]}…"


def order_names(world: World) -> dict[str, str]:
    """What to call the scenario's orders, by their IDs: as it does, or by their position."""
    accepted = [each.order.order_id for each in world.placements if not each.rejected]
    names = dict.fromkeys(world.discarded, "a discarded order")
    for position, order_id in enumerate(accepted, start=1):
        called = world.name_of(order_id)
        by_position = "the order" if len(accepted) == 1 else f"order {position}"
        names[order_id] = by_position if called == order_id else called
    unaccepted = dict.fromkeys(each for each in _referring(world) if each not in names)
    for number, order_id in enumerate(unaccepted, start=1):
        several = len(unaccepted) > 1
        names[order_id] = f"unaccepted order {number}" if several else "an unaccepted order"
    return names


def _referring(world: World) -> Iterator[str]:
    """The IDs in events that carry a reference of the scenario's."""
    references = _references(world)
    for subscription in world.subscribers.subscriptions:
        for received in subscription.events:
            if received.event.reference in references:
                yield received.event.order_id


def _references(world: World) -> set[str]:
    given = (each.draft.get(REFERENCE) for each in world.placements)
    return {str(each) for each in given if each is not None}


def legend(world: World) -> str:
    """What the names stand for, a line each."""
    return "\n".join(f"{name}: {order_id}" for order_id, name in order_names(world).items())
