"""Lists that come in pages, asked for to the end."""

from collections.abc import Mapping
from functools import partial

from step_defs.world.answers import AnyAnswer, accepted
from step_defs.world.mismatches import ContractBroken
from step_defs.world.world import Call, World


def pages_of(world: World, filters: Mapping[str, object]) -> list[AnyAnswer]:
    """The pages of a list, from the first, or the one at its `cursor`, to the last."""
    pages: list[AnyAnswer] = []
    seen: set[object] = {filters.get("cursor")}
    while True:
        pages += world.ask([partial(world.port.list, **filters)])
        cursor = accepted(pages[-1]).next_cursor
        if cursor is None:
            return pages
        if cursor in seen:
            raise ContractBroken(
                "Paging goes round in circles", expected="a new cursor", got=cursor
            )
        seen.add(cursor)
        filters = {**filters, "cursor": cursor}


def page_twice(world: World, filters: Mapping[str, object]) -> None:
    """Lists orders page by page to the end, and then asks for each page once more."""
    world.again = lambda: [partial(world.port.list, **filters)]
    pages = pages_of(world, filters)
    cursors = [{"cursor": accepted(each).next_cursor} for each in pages[:-1]]
    again = [partial(world.port.list, **filters, **cursor) for cursor in ({}, *cursors)]
    world.record([*pages, *world.ask(again)])


def page_through(world: World, filters: Mapping[str, object], *meanwhile: Call) -> None:
    """Lists orders page by page to the end; makes the calls after the first page.

    What the calls lead to is not looked at: a cancel that comes too late is a change, too.
    """
    world.again = lambda: [partial(world.port.list, **filters)]
    if not meanwhile:
        world.record(pages_of(world, filters))
        return
    first = world.act([partial(world.port.list, **filters)])
    world.note_cancels(world.ask(meanwhile))
    page = accepted(first[0])
    if page.next_cursor is None:
        raise ContractBroken(
            "The list ended with its first page",
            expected="further pages, for the orders to change before they are asked for",
            got=f"{len(page.orders)} orders and no cursor",
        )
    world.record([*first, *pages_of(world, {**filters, "cursor": page.next_cursor})])
