"""Cancels that race with the execution of their orders, and whether a lost one proves anything."""

from collections.abc import Sequence
from functools import partial

from driver import Draft, NotOffered, OrderStatus, Reason, Rejection, Subscription, TradingPort
from step_defs.world.answers import AnyAnswer, Placement
from step_defs.world.drafts import REFERENCE, unique_reference
from step_defs.world.promise import CLOCK_RESOLUTION, Promise
from step_defs.world.simultaneous import at_once
from step_defs.world.subscribers import await_status, clock_offset, execution_seconds

TRIES = 10


class ImmediateCancels:
    """Places orders and cancels each straight after its acceptance, from any thread.

    A cancel that the machine sent too late to win proves nothing, so another order is tried, and
    the former one `discarded`; one that was sent in good time and lost all the same is handed back
    as it is.
    """

    def __init__(self, port: TradingPort, control: Subscription, promise: Promise) -> None:
        self._port = port
        self._control = control
        self._promise = promise
        self.discarded: list[Placement] = []

    def run(self, draft: Draft, cancels: int = 1) -> tuple[Placement, list[AnyAnswer]]:
        """Places one order and sends so many cancels at the same moment; their answers."""
        for further_tries in reversed(range(TRIES)):
            placement = Placement(draft, self._port.place(draft))
            cancel = partial(self._port.cancel, placement.order.order_id)
            try:
                answers = at_once([cancel] * cancels)
            except NotOffered:  # a page that has seen the execution takes its button back
                if not further_tries:
                    raise
            else:
                if not further_tries or not self._lost_by_chance(placement, answers):
                    break
            self.discarded.append(placement)
            draft = {**draft, REFERENCE: unique_reference()}
        return placement, answers

    def _lost_by_chance(self, placement: Placement, cancels: Sequence[AnyAnswer]) -> bool:
        first = min(cancels, key=lambda cancel: cancel.sent)
        if not all(map(is_too_late, cancels)):
            return False
        return not was_in_time(self._control, placement, first, self._promise)


def is_too_late(cancel: AnyAnswer) -> bool:
    """Whether the cancel was rejected because its order is executed."""
    outcome = cancel.outcome
    return isinstance(outcome, Rejection) and outcome.may_be(Reason.TOO_LATE_TO_CANCEL)


def was_in_time(
    control: Subscription, placement: Placement, cancel: AnyAnswer, promise: Promise
) -> bool:
    """Whether the cancel was sent so long before the execution that losing cannot be chance.

    An execution before the shortest promised delay is no excuse either.

    Whether a cancel is too late is decided when it arrives, so the execution that it lost to
    comes before that, but for what network and machine add to its way: half the grace, because a
    busy server takes several turns until it has accepted, read and decided a request.
    """
    order_id, seconds = placement.order.order_id, promise.delay_deadline
    too_early = execution_seconds(control, order_id, seconds) < promise.delay_min - CLOCK_RESOLUTION
    executed = await_status(control, order_id, OrderStatus.EXECUTED, seconds)
    moment = executed.event.occurred_at.timestamp() + clock_offset(control)
    return too_early or min(moment, executed.received) - cancel.sent > promise.grace / 2
