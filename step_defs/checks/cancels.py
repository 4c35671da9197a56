"""What must hold of orders that were cancelled while they might be executed."""

from functools import partial

from driver import OrderStatus, Reason, Rejection
from step_defs.checks.events import require_statuses
from step_defs.checks.orders import require_status
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer
from step_defs.world.cancels import is_too_late, was_in_time
from step_defs.world.mismatches import RejectionWrong, ScenarioWrong
from step_defs.world.world import World
from step_defs.world.wrongly_rejected import rule_against


def require_agreement(world: World) -> None:
    """For each order the answer to its cancel, its events and its final status tell one story."""
    cancels = world.answers
    if len(cancels) != len(world.placements):
        raise ScenarioWrong(
            "The step needs a cancel for each order",
            expected=f"{len(world.placements)} cancels in the latest step",
            got=len(cancels),
        )
    for placement, cancel in zip(world.placements, cancels, strict=True):
        final = _promised_status(cancel)
        expected = [OrderStatus.PENDING, final]
        require_statuses(world, world.subscribers.control, placement.order, expected)
        if is_too_late(cancel) and was_in_time(
            world.subscribers.control, placement, cancel, world.promise
        ):
            raise RejectionWrong(
                "A cancel was rejected as too late before its order was executed",
                expected="an order that was executed before the cancel arrived",
                got=f"executed long after the cancel was sent: order {placement.order.order_id}",
                rule=rules.CANCEL_IN_TIME,
            )
    views = world.ask([partial(world.port.view, each.order.order_id) for each in world.placements])
    for placement, cancel in zip(world.placements, cancels, strict=True):
        for order in world.sightings(placement, views):
            require_status(order, _promised_status(cancel))


def _promised_status(cancel: AnyAnswer) -> OrderStatus:
    if not isinstance(cancel.outcome, Rejection):
        return OrderStatus.CANCELLED
    if is_too_late(cancel):
        return OrderStatus.EXECUTED
    raise RejectionWrong(
        "A cancel was rejected for the wrong reason",
        expected=f"accepted, or rejected: {Reason.TOO_LATE_TO_CANCEL}",
        got=f"rejected: {cancel.outcome.reason}",
        rule=rule_against(cancel.outcome, cancel.action),
    )
