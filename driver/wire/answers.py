"""How answers and frames are spelled; each reader raises ContractViolation for any other form."""

from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from driver.errors import ContractViolation
from driver.messages import (
    Fault,
    Hello,
    Order,
    OrderEvent,
    OrderPage,
    OrderStatus,
    Reason,
    Rejection,
)
from driver.wire.models import (
    WireDocument,
    WireEvent,
    WireHealth,
    WireHello,
    WireOrder,
    WirePage,
    WireProblem,
)
from driver.wire.requests import FIELDS, NEUTRAL_NAMES

JSON = "application/json"
PROBLEM = "application/problem+json"

_REASONS = {
    "malformed-json": (Reason.MALFORMED, 400),
    "duplicate-client-order-id": (Reason.DUPLICATE_REFERENCE, 409),
    "body-too-large": (Reason.TOO_LARGE, 413),
    "invalid-order": (Reason.INVALID_ORDER, 422),
    "capacity-reached": (Reason.CAPACITY_REACHED, 503),
    "invalid-query": (Reason.INVALID_QUERY, 422),
    "unknown-order": (Reason.UNKNOWN_ORDER, 404),
    "too-late-to-cancel": (Reason.TOO_LATE_TO_CANCEL, 409),
    "already-cancelled": (Reason.ALREADY_CANCELLED, 409),
    "cancel-pending": (Reason.CANCEL_PENDING, 409),
    "not-found": (Reason.UNKNOWN_PATH, 404),
    "method-not-allowed": (Reason.METHOD_NOT_ALLOWED, 405),
}
_WITH_FAULTS = {Reason.INVALID_ORDER, Reason.INVALID_QUERY}
_ORDER_STATUS = {
    Reason.TOO_LATE_TO_CANCEL: OrderStatus.EXECUTED,
    Reason.ALREADY_CANCELLED: OrderStatus.CANCELLED,
    Reason.CANCEL_PENDING: OrderStatus.PENDING,
}
_ABOUT_AN_ORDER = {Reason.DUPLICATE_REFERENCE, *_ORDER_STATUS}


_FRAMES: TypeAdapter[WireHello | WireEvent] = TypeAdapter(
    Annotated[WireHello | WireEvent, Field(discriminator="type")]
)
M = TypeVar("M")


def _read(reader: TypeAdapter[M], text: str | bytes, where: str) -> M:
    try:
        return reader.validate_json(text)
    except ValidationError as error:
        findings = tuple(
            f"{'.'.join(str(part) for part in finding['loc']) or 'the whole'}: {finding['msg']}"
            for finding in error.errors(include_url=False)
        )
        shown = text if isinstance(text, str) else text.decode(errors="replace")
        raise ContractViolation(where, findings, shown) from None


_ORDER = TypeAdapter(WireOrder)
_PAGE = TypeAdapter(WirePage)
_HEALTH = TypeAdapter(WireHealth)
_DOCUMENT = TypeAdapter(WireDocument)
_PROBLEM = TypeAdapter(WireProblem)


def read_order(text: str | bytes, where: str) -> Order:
    """An order from an answer's body."""
    return _read(_ORDER, text, where).neutral()


def read_page(text: str | bytes, where: str) -> OrderPage:
    """A page of orders from an answer's body."""
    page = _read(_PAGE, text, where)
    return OrderPage(tuple(order.neutral() for order in page.orders), page.next_cursor)


def read_health(text: str | bytes, where: str) -> None:
    """Checks the body of the answer that says the server is well."""
    _read(_HEALTH, text, where)


def read_version(text: str | bytes) -> str | None:
    """The version in a published OpenAPI document, if it is one."""
    try:
        return _DOCUMENT.validate_json(text).info.version
    except ValidationError:
        return None


def read_frame(text: str | bytes) -> Hello | OrderEvent:
    """A frame of the event stream."""
    return _read(_FRAMES, text, "A frame of the event stream").neutral()


def read_rejection(text: str | bytes, status: int, where: str) -> Rejection:
    """A rejection from an answer's body (RFC 9457), whose reason must go with its `status`."""
    problem = _read(_PROBLEM, text, where)
    slug = problem.type.removeprefix("/problems/")
    reason, promised_status = _REASONS.get(slug, (None, None))
    findings = list(_status_findings(problem, status, promised_status))
    if reason is None:
        findings.append(f"type: no reason of the contract is called {slug}")
    else:
        findings.extend(_member_findings(problem, reason))
    if reason is None or findings:
        shown = text if isinstance(text, str) else text.decode(errors="replace")
        raise ContractViolation(where, tuple(findings), shown)
    return _neutral_rejection(problem, reason)


def _status_findings(problem: WireProblem, status: int, promised: int | None) -> list[str]:
    findings = []
    if problem.status != status:
        findings.append(f"status: the body says {problem.status}, the answer {status}")
    if promised not in (None, status):
        findings.append(f"status: {problem.type} goes with {promised}, the answer has {status}")
    return findings


def _member_findings(problem: WireProblem, reason: Reason) -> list[str]:
    findings = []
    if reason in _WITH_FAULTS:
        findings += _fault_findings(problem, reason)
    if reason in _ABOUT_AN_ORDER and problem.order_id is None:
        findings.append("orderId: must name the order")
    if reason in _ABOUT_AN_ORDER and problem.order_status is None:
        findings.append("orderStatus: must tell the order's status")
    promised = _ORDER_STATUS.get(reason, problem.order_status)
    if problem.order_status not in (None, promised):
        findings.append(f"orderStatus: {problem.order_status} where {promised} is the reason")
    return findings


def _fault_findings(problem: WireProblem, reason: Reason) -> list[str]:
    if not problem.errors:
        return ["errors: must name each field or parameter that is wrong"]
    pointers = [fault.pointer for fault in problem.errors]
    if reason is Reason.INVALID_QUERY:
        return [f"pointer: {each} is no parameter's name" for each in pointers if "/" in each]
    wrong = [each for each in pointers if each and not each.startswith("/")]
    return [f"pointer: {each} is no JSON Pointer" for each in wrong]


def _neutral_rejection(problem: WireProblem, reason: Reason) -> Rejection:
    return Rejection(
        reason=reason,
        title=problem.title,
        detail=problem.detail,
        explanation_path=problem.type,
        faults=tuple(
            Fault(_neutral_field(fault.pointer), fault.detail) for fault in problem.errors or ()
        ),
        order_id=problem.order_id,
        order_status=problem.order_status,
    )


def _neutral_field(pointer: str) -> str:
    """The neutral name behind a JSON Pointer (RFC 6901, `/quantity`) or a parameter's name."""
    spelled = pointer.removeprefix("/").replace("~1", "/").replace("~0", "~")
    # A neutral name that is spelled otherwise on the wire stands for no field there.
    return NEUTRAL_NAMES.get(spelled, f"/{spelled}" if spelled in FIELDS else spelled)
