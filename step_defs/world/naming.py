"""Names in place of IDs, in what a scenario shows of itself."""

import re
from collections.abc import Callable

from step_defs.world.drafts import REFERENCE
from step_defs.world.memory import Memory

UNMISTAKABLE = 8
"""Characters from which on an ID is found in any text; a shorter one might be another number."""

_WORD = re.compile(r"(?P<noun>\b(?:order|reference) )?(?P<slash>/)?(?P<word>[\w.-]*\w)")


def wording(memory: Memory) -> Callable[[str], str]:
    """Puts names in place of the IDs of orders, and `its own` where an order has its reference."""
    names = order_names(memory)
    references = {str(each.draft.get(REFERENCE)) for each in memory.placements}

    def word(found: re.Match[str]) -> str:
        name = names.get(found["word"])
        if name is not None and len(found["word"]) >= UNMISTAKABLE:
            return f"/{{{name}}}" if found["slash"] else name
        own = found["noun"] == "reference " and found["word"] in references
        return "reference its own" if own else found[0]

    return lambda text: _WORD.sub(word, text)


def order_names(memory: Memory) -> dict[str, str]:
    """What to call the scenario's orders, by their IDs: as it does, or by their position."""
    accepted = [each.order.order_id for each in memory.placements if not each.rejected]
    names = dict.fromkeys(memory.discarded, "a discarded order")
    for position, order_id in enumerate(accepted, start=1):
        called = memory.name_of(order_id)
        by_position = "the order" if len(accepted) == 1 else f"order {position}"
        names[order_id] = by_position if called == order_id else called
    return names


def legend(memory: Memory) -> str:
    """What the names stand for, a line each."""
    return "\n".join(f"{name}: {order_id}" for order_id, name in order_names(memory).items())
