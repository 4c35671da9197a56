"""Whether an answer and the events of an order are what was promised, said in words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from driver import (
    Capability,
    Contract,
    ContractViolation,
    Draft,
    Order,
    OrderEvent,
    OrderStatus,
    Rejection,
)
from driver.contract import HttpAnswer
from perf.records import DISORDER

_ECHOED = {
    "reference": Capability.REFERENCES,
    "symbol": None,
    "side": Capability.SIDE,
    "quantity": None,
}
_PROMISED = (OrderStatus.PENDING, OrderStatus.EXECUTED)


def read_answer(
    contract: Contract, draft: Draft, answer: HttpAnswer
) -> tuple[Order | None, tuple[str, ...]]:
    """The order that the answer shows, if it does, and what is wrong with the answer."""
    try:
        outcome = contract.answers.placed(answer)
    except ContractViolation as violation:
        return None, (f"{violation.where} breaks the contract: {'; '.join(violation.findings)}",)
    if isinstance(outcome, Rejection):
        return None, (f"Rejected ({answer.code}) because of {outcome.reason}",)
    return outcome, (*_status_findings(outcome), *_echo_findings(contract, outcome, draft))


def event_findings(order: Order, events: Sequence[OrderEvent]) -> tuple[str, ...]:
    """What is wrong with the events of an order that nobody cancels."""
    statuses = [event.status for event in events]
    return (
        *_count_findings(statuses),
        *_sequence_findings(statuses),
        *_reference_findings(order, events),
    )


def repeated(order_ids: Iterable[str]) -> set[str]:
    """The ids that occur more than once."""
    in_order = sorted(order_ids)
    return {former for former, latter in pairwise(in_order) if former == latter}


def _status_findings(order: Order) -> Iterator[str]:
    if order.status is not OrderStatus.PENDING:
        yield f"The answer says {order.status} instead of {OrderStatus.PENDING}"


def _echo_findings(contract: Contract, order: Order, draft: Draft) -> Iterator[str]:
    for field, needed in _ECHOED.items():
        shown = needed is None or contract.offers(needed)
        if shown and str(getattr(order, field)) != str(draft[field]):
            yield f"The answer echoes another {field}"


def _count_findings(statuses: Sequence[OrderStatus]) -> Iterator[str]:
    for status in OrderStatus:
        count = statuses.count(status)
        if count == 0 and status in _PROMISED:
            yield f"No {status} event arrived"
        elif count and status not in _PROMISED:
            yield f"A {status} event arrived, though nobody cancels"
        elif count > 1:
            yield f"The {status} event arrived more than once"


def _sequence_findings(statuses: Sequence[OrderStatus]) -> Iterator[str]:
    pending, executed = (statuses.index(each) if each in statuses else -1 for each in _PROMISED)
    if 0 <= executed < pending:
        yield DISORDER


def _reference_findings(order: Order, events: Sequence[OrderEvent]) -> Iterator[str]:
    if any(event.reference != order.reference for event in events):
        yield "An event tells another reference than the answer"
