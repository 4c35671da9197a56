"""What the page shows to people, and how it is connected."""

from collections.abc import Sequence

from driver import Order, OrderStatus
from driver.page import PagePort
from step_defs.world.answers import Placement
from step_defs.world.mismatches import ContractBroken, EventsWrong, RejectionWrong, ScenarioWrong
from step_defs.world.world import World


def page_of(world: World) -> PagePort:
    """The page of the scenario's trader. Raises ScenarioWrong in a scenario without one."""
    if not isinstance(world.port, PagePort):
        raise ScenarioWrong(
            "The step is about the page", expected="the tag @page", got="a scenario without it"
        )
    return world.port


def require_shown(world: World, placements: Sequence[Placement], status: OrderStatus) -> None:
    """Each order has one row, which shows this status."""
    for placement in placements:
        rows = page_of(world).rows(placement.order)
        shown = [(row.order_id, row.status) for row in rows]
        if shown != [(placement.order.order_id, status)]:
            raise ContractBroken(
                "The page does not show the order as it is",
                expected=f"one row: order {placement.order.order_id}, {status}",
                got="\n".join(f"order {order_id}, {status}" for order_id, status in shown),
            )


def require_rows(world: World, placements: Sequence[Placement]) -> None:
    """The blotter has these orders, oldest first, and nothing else."""
    page = page_of(world)
    wanted = [placement.order for placement in placements]
    page.at_desk(lambda desk: desk.counts_rows(len(wanted)))
    rows = page.rows_now()
    if _ids(rows) != _ids(sorted(wanted, key=lambda order: order.created_at)):
        raise ContractBroken(
            "The filtered list has the wrong orders",
            expected="\n".join(map(world.name_of, _ids(wanted))),
            got="\n".join(map(world.name_of, _ids(rows))) or "no order",
        )


def require_offer_taken_back(world: World, placement: Placement) -> None:
    """There was a button to cancel the order, and there is none once it is executed."""
    page, order_id = page_of(world), placement.order.order_id
    world.await_status(placement, OrderStatus.EXECUTED)
    if not page.at_desk(lambda desk: desk.has_offered_cancel(order_id)):
        raise ContractBroken("No cancel was offered", expected="a button", got="none")
    if not page.at_desk(lambda desk: desk.takes_back_cancel(order_id)):
        raise ContractBroken(
            "A cancel is offered though it is too late", expected="no button", got="a button"
        )


def require_marked(world: World, fields: set[str]) -> None:
    """The ticket marks these fields, each with a reason, and no others."""
    marked = page_of(world).neutral_fields()
    if marked != fields:
        raise RejectionWrong(
            "The ticket marks the wrong fields",
            expected=", ".join(sorted(fields)) or "none",
            got=", ".join(sorted(marked)) or "none",
        )


def require_text(world: World, text: str) -> None:
    """The newest answer shows the text, character by character, and no element made from it."""
    page = page_of(world)
    shown = page.at_desk(lambda desk: desk.answer_text())
    made = page.at_desk(lambda desk: desk.markup_in_answers())
    if text not in shown or made:
        raise ContractBroken(
            "Text of an order is not shown as text",
            expected=f"{text}, and no element made from it",
            got=f"{shown}, and {made} elements",
        )


def require_nothing_missed(world: World) -> None:
    """The page is live again, and says that it has resumed after the last event it had."""
    said = page_of(world).at_desk(lambda desk: desk.resumed())
    if "nothing missed" not in said:
        raise EventsWrong(
            "The page does not say that it has resumed",
            expected="live again, nothing missed",
            got=said or "nothing: it is not connected anew",
        )


def _ids(orders: Sequence[Order]) -> list[str]:
    return [order.order_id for order in orders]
