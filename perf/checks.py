"""Whether an answer and the events of an order are what was promised, said in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import pairwise

from driver import ContractViolation, Draft, Order, OrderEvent, OrderStatus, wire

_PROMISED = (OrderStatus.PENDING, OrderStatus.EXECUTED)


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer as it came over the wire."""

    status: int
    content_type: str
    location: str | None
    body: bytes


def read_answer(draft: Draft, answer: RawAnswer) -> tuple[Order | None, tuple[str, ...]]:
    """The order that the answer shows, if it does, and what is wrong with the answer."""
    if answer.status != HTTPStatus.CREATED:
        return None, (_rejection(answer),)
    try:
        order = wire.read_order(answer.body, "The answer")
    except ContractViolation as violation:
        return None, tuple(f"The answer's {finding}" for finding in violation.findings)
    return order, (*_form_findings(order, answer), *_echo_findings(order, draft))


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


def _rejection(answer: RawAnswer) -> str:
    try:
        rejection = wire.read_rejection(answer.body, answer.status, "The answer")
    except ContractViolation:
        return f"Answered with {answer.status} instead of {HTTPStatus.CREATED.value}"
    return f"Rejected ({answer.status}) because of {rejection.reason}"


def _form_findings(order: Order, answer: RawAnswer) -> Iterator[str]:
    if answer.content_type != wire.JSON:
        yield f"The answer's content type is {answer.content_type} instead of {wire.JSON}"
    if answer.location != wire.order_path(order.order_id):
        yield "The answer's Location is not that of the order"
    if order.status is not OrderStatus.PENDING:
        yield f"The answer says {order.status} instead of PENDING"


def _echo_findings(order: Order, draft: Draft) -> Iterator[str]:
    for field in ("reference", "symbol", "side", "quantity"):
        if str(getattr(order, field)) != draft[field]:
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
    if set(_PROMISED) <= set(statuses) and statuses[0] is not OrderStatus.PENDING:
        yield f"{statuses[0]} was announced before PENDING"


def _reference_findings(order: Order, events: Sequence[OrderEvent]) -> Iterator[str]:
    if any(event.reference != order.reference for event in events):
        yield "An event tells another reference than the answer"
