"""Whether the rejection of a used reference tells the truth about the order that has it."""

import math
from collections.abc import Sequence

from driver import Order, OrderStatus, Rejection
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer
from step_defs.world.mismatches import RejectionWrong
from step_defs.world.world import World


def accepted_order(answers: Sequence[AnyAnswer]) -> Order:
    """The one order that was accepted. Raises RejectionWrong if none or several were."""
    accepted = [each.outcome for each in answers if isinstance(each.outcome, Order)]
    if len(accepted) != 1:
        raise RejectionWrong(
            "The rejections have no order to name",
            expected="one accepted order",
            got=f"{len(accepted)} accepted orders",
        )
    return accepted[0]


def require_order_named(world: World, answer: AnyAnswer, order: Order) -> None:
    """The rejection gives the order's ID, and a status that it had while the request was open."""
    rejection = answer.outcome if isinstance(answer.outcome, Rejection) else None
    named = rejection.order_id if rejection else None
    if rejection is None or named != order.order_id:
        raise RejectionWrong(
            "The rejection names the wrong order",
            expected=f"order {order.order_id}",
            got=f"order {named}" if named else "no order",
            rule=rules.REFERENCE_ONCE,
        )
    possible = _held(world, order, answer)
    if rejection.order_status not in possible:
        raise RejectionWrong(
            "The rejection tells the wrong status of the order that has the reference",
            expected=f"{' or '.join(sorted(map(str, possible)))} for order {named}",
            got=f"{rejection.order_status} for order {named}",
            rule=rules.REFERENCE_ONCE,
        )


def _held(world: World, order: Order, during: AnyAnswer) -> set[OrderStatus]:
    """The statuses that the order had from the request to its answer, as its events tell.

    An order that waits for its acceptance counts as PENDING.
    """
    events = world.subscribers.control.events_of(order.order_id)
    later = [each for each in events if each.event.status is not OrderStatus.PENDING]
    ends = [each.received for each in later] or [math.inf]
    held = {each.event.status for each in later if each.received < during.received + ON_ITS_WAY}
    return held | ({OrderStatus.PENDING} if ends[0] > during.sent else set())


ON_ITS_WAY = 0.05
"""Seconds that an event may take to arrive."""
