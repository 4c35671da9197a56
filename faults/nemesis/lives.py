"""Whether all that clients were told about one order can be told of one life.

An order's life has two moments: it becomes PENDING, and it ends, EXECUTED or CANCELLED. A history
is linearizable if there are two such moments in sequence so that every answer was true at some time
between its request and itself. Each answer bounds a moment from below or from above; the history
is linearizable exactly if no lower bound is above an upper one.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from driver import Action, OrderStatus, Reason
from faults.nemesis.history import UNKNOWN, Operation

PENDING, EXECUTED, CANCELLED = OrderStatus
_END_TOLD_BY = {Reason.TOO_LATE_TO_CANCEL: EXECUTED, Reason.ALREADY_CANCELLED: CANCELLED}
_BECAUSE_OF_ANOTHER = {
    Reason.DUPLICATE_REFERENCE,
    Reason.ALREADY_CANCELLED,
    Reason.CANCEL_PENDING,
}
_REASONS = {
    Action.PLACE: {Reason.DUPLICATE_REFERENCE},
    Action.VIEW: {Reason.UNKNOWN_ORDER},
    Action.LIST: {Reason.UNKNOWN_ORDER},
    Action.CANCEL: {Reason.UNKNOWN_ORDER, Reason.CANCEL_PENDING, *_END_TOLD_BY},
}
Heard = Mapping[OrderStatus, float]
"""When the first subscriber heard of each status."""


@dataclass(slots=True)
class _Moment:
    """When something happened at the earliest and at the latest, and who says so."""

    name: str
    earliest: float = -math.inf
    because: str = ""
    latest: float = math.inf
    witness: str = ""

    def not_before(self, time: float, why: str) -> None:
        if time > self.earliest:
            self.earliest, self.because = time, why

    def not_after(self, time: float, why: str) -> None:
        if time < self.latest:
            self.latest, self.witness = time, why

    def contradictions(self, later: "_Moment") -> Iterator[str]:
        if self.earliest > later.latest:
            yield (
                f"{later.witness} at {later.latest:.3f} s, so that it had {later.name} by then; "
                f"but {self.because} at {self.earliest:.3f} s, before it had {self.name}"
            )


@dataclass
class _Life:
    operations: Sequence[Operation]
    end: OrderStatus | None
    begun: _Moment = field(default_factory=lambda: _Moment("become PENDING"))
    ended: _Moment = field(default_factory=lambda: _Moment("ended"))

    def findings(self, heard: Heard) -> Iterator[str]:
        for status in OrderStatus:
            moment = self.begun if status is PENDING else self.ended
            moment.not_after(heard.get(status, math.inf), f"{status} was heard")
        yield from self._counts()
        for operation in self.operations:
            yield from self._heed(operation)
        yield from self.begun.contradictions(self.begun)
        yield from self.ended.contradictions(self.ended)
        yield from self.begun.contradictions(self.ended)

    def _counts(self) -> Iterator[str]:
        places, cancels = self._working(Action.PLACE), self._working(Action.CANCEL)
        for action, working in ((Action.PLACE, places), (Action.CANCEL, cancels)):
            accepted = [each for each in working if each.outcome is not UNKNOWN]
            if len(accepted) > 1:
                yield f"{len(accepted)} requests to {action} were accepted"
        self.begun.not_before(min(each.sent for each in places or self.operations), "it was placed")
        if self.end is CANCELLED and not cancels:
            yield "it is CANCELLED, and no cancel was accepted"
        elif self.end is CANCELLED:
            self.ended.not_before(min(each.sent for each in cancels), "the cancel was sent")

    def _working(self, action: Action) -> list[Operation]:
        mine = [each for each in self.operations if each.action is action]
        return [each for each in mine if each.may_have_worked]

    def _heed(self, it: Operation) -> Iterator[str]:
        if it.outcome is UNKNOWN:
            return
        what = f"a request to {it.action} was answered with {it.outcome}"
        if isinstance(it.outcome, Reason):
            yield from self._heed_rejection(it, it.outcome, what)
            return
        self.begun.not_after(it.received, what)
        if it.outcome is PENDING:
            moment = self.begun if it.action is Action.PLACE else self.ended
            moment.not_before(it.sent, f"a request to {it.action}, answered with PENDING, was sent")
        else:
            yield from self._heed_end(it, it.outcome, what)
        if it.action is Action.CANCEL:
            self.ended.not_before(it.sent, "the accepted cancel was sent")

    def _heed_rejection(self, it: Operation, reason: Reason, what: str) -> Iterator[str]:
        if reason not in _REASONS[it.action]:
            yield what
        elif reason in _BECAUSE_OF_ANOTHER and not self._another_came_before(it):
            yield f"{what}, and no other such request was or may have been accepted"
        if reason is Reason.UNKNOWN_ORDER:
            self.begun.not_before(it.sent, f"{what}, and sent")
        elif reason is Reason.CANCEL_PENDING:
            self.ended.not_before(it.sent, f"{what}, and sent")
            yield from self._require_end(CANCELLED, what)
        elif reason in _END_TOLD_BY:
            yield from self._heed_end(it, _END_TOLD_BY[reason], what)

    def _another_came_before(self, it: Operation) -> bool:
        others = (each for each in self._working(it.action) if each is not it)
        return any(each.sent < it.received for each in others)

    def _heed_end(self, it: Operation, end: OrderStatus, what: str) -> Iterator[str]:
        self.ended.not_after(it.received, what)
        yield from self._require_end(end, what)

    def _require_end(self, end: OrderStatus, what: str) -> Iterator[str]:
        if self.end is not end:
            yield f"{what}, and in the end it is {self.end or 'in no list'}"


def contradictions(
    operations: Sequence[Operation], heard: Heard, end: OrderStatus | None
) -> list[str]:
    """What cannot be true of one life, in sentences; `end` is the status that is listed at last."""
    findings = list(_Life(operations, end).findings(heard))
    accepted = any(each.action is Action.PLACE and each.outcome is PENDING for each in operations)
    if accepted and end is None:
        findings.insert(0, "it was accepted, and in the end it is in no list")
    return findings
