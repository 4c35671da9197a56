"""Races between a cancel and an execution, and who may win them."""

from collections.abc import Sequence
from functools import partial

from driver import Draft, OrderStatus, Reason, Rejection
from step_defs.checks.events import require_statuses
from step_defs.checks.orders import require_status
from step_defs.world.answers import AnyAnswer, Placement, accepted
from step_defs.world.drafts import REFERENCE, unique_reference
from step_defs.world.mismatches import RejectionWrong, ScenarioWrong, contract_kept
from step_defs.world.promise import CLOCK_RESOLUTION
from step_defs.world.simultaneous import at_once
from step_defs.world.world import World

TRIES = 10


def bring_to(world: World, drafts: Sequence[Draft], status: object) -> list[Placement]:
    """Places orders, which must be accepted, and brings them to a status that is announced.

    Without a status, or with PENDING, what becomes of them is left to the server.
    """
    if status is OrderStatus.CANCELLED:
        placements = place_and_cancel(world, drafts)
        world.placements += placements
        for cancel in world.answers:
            accepted(cancel)
    else:
        placements = world.place(*drafts)
    for placement in placements:
        accepted(placement.answer)
        if isinstance(status, OrderStatus):
            world.await_status(placement, status)
    return placements


def place_and_cancel(world: World, drafts: Sequence[Draft]) -> list[Placement]:
    """Places orders at the same time and cancels each right behind its answer.

    The answers to the cancels become the latest ones.
    """
    world.subscribers.watch(world.port)
    with contract_kept():
        outcomes = at_once([partial(_place_and_cancel, world, draft) for draft in drafts])
    world.answers = [cancel for _, cancel in outcomes]
    return [placement for placement, _ in outcomes]


def _place_and_cancel(world: World, draft: Draft) -> tuple[Placement, AnyAnswer]:
    # A cancel that the machine sent too late to win proves nothing, so another order is tried; one
    # that was sent in good time and lost all the same is handed back as it is.
    for _ in range(TRIES):
        placement = Placement(draft, world.port.place(draft))
        cancel = world.port.cancel(placement.order.order_id)
        if not _lost_by_chance(world, placement, [cancel]):
            break
        draft = _abandon(world, placement)
    return placement, cancel


def place_and_cancel_many_times(world: World, draft: Draft, count: int) -> None:
    """Places an order and sends so many cancels at the same time right behind its answer."""
    for _ in range(TRIES):
        (placement,) = world.place(draft)
        world.act([partial(world.port.cancel, placement.order.order_id)] * count)
        if not _lost_by_chance(world, placement, world.answers):
            return
        world.placements.remove(placement)
        draft = _abandon(world, placement)


def _abandon(world: World, placement: Placement) -> Draft:
    """Lets go of an order; returns what to place instead of it."""
    world.abandoned.add(placement.order.order_id)
    return {**placement.draft, REFERENCE: unique_reference()}


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
        require_statuses(
            world.subscribers.control,
            placement.order,
            [OrderStatus.PENDING, final],
            world.promise,
        )
        if _is_too_late(cancel) and _was_in_time(world, placement, cancel):
            raise RejectionWrong(
                "A cancel was rejected as too late before its order was executed",
                expected="an order that was executed before the cancel arrived",
                got=f"executed long after the cancel was sent: order {placement.order.order_id}",
            )
    world.act([partial(world.port.view, each.order.order_id) for each in world.placements])
    for placement, cancel in zip(world.placements, cancels, strict=True):
        for order in world.sightings(placement):
            require_status(order, _promised_status(cancel))


def _promised_status(cancel: AnyAnswer) -> OrderStatus:
    if not isinstance(cancel.outcome, Rejection):
        return OrderStatus.CANCELLED
    if _is_too_late(cancel):
        return OrderStatus.EXECUTED
    raise RejectionWrong(
        "A cancel was rejected for the wrong reason",
        expected=f"accepted, or rejected: {Reason.TOO_LATE_TO_CANCEL}",
        got=f"rejected: {cancel.outcome.reason}",
    )


def _lost_by_chance(world: World, placement: Placement, cancels: Sequence[AnyAnswer]) -> bool:
    """Whether all cancels came too late because the machine did not send them in time."""
    first = min(cancels, key=lambda cancel: cancel.sent)
    return all(map(_is_too_late, cancels)) and not _was_in_time(world, placement, first)


def _is_too_late(cancel: AnyAnswer) -> bool:
    outcome = cancel.outcome
    return isinstance(outcome, Rejection) and outcome.reason is Reason.TOO_LATE_TO_CANCEL


def _was_in_time(world: World, placement: Placement, cancel: AnyAnswer) -> bool:
    """Whether the cancel was sent so long before the execution that losing cannot be chance.

    An execution before the shortest promised delay is no excuse either.

    Whether a cancel is too late is decided when it arrives, so the execution that it lost to
    comes before that, but for what network and machine add to its way: half the grace, because a
    busy server takes several turns until it has accepted, read and decided a request.
    """
    pending = world.await_status(placement, OrderStatus.PENDING)
    executed = world.await_status(placement, OrderStatus.EXECUTED)
    delay = (executed.event.occurred_at - pending.event.occurred_at).total_seconds()
    too_early = delay < world.promise.delay_min - CLOCK_RESOLUTION
    return too_early or executed.received - cancel.sent > world.promise.grace / 2
