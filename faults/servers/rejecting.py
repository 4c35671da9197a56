"""Servers whose rejections mislead programs or people."""

from dataclasses import replace
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import Response

from app.edges.orders import OrderId, OrdersApi
from app.edges.problems import Problem, problem_response
from app.wiring import Parts
from faults.altering import HttpAnswer, altering_answers
from faults.fault import CANCELLED, PLACED, REJECTED, Fault

_CANCEL_REJECTIONS = ("too-late-to-cancel", "already-cancelled", "cancel-pending")


class _OddIdBreaksTheServer(OrdersApi):
    async def view(self, request: Request, order_id: OrderId) -> Response:
        return await super().view(request, str(UUID(order_id)))


def _plain_json(answer: HttpAnswer) -> HttpAnswer:
    if not answer.problem:
        return answer
    return replace(answer, headers=answer.headers | {"content-type": "application/json"})


def _frameworks_own_404(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem != "not-found":
        return answer
    headers = answer.headers | {"content-type": "application/json"}
    return replace(answer, headers=headers).with_json({"detail": "Not Found"})


def _one_conflict_for_all(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem != "already-cancelled":
        return answer
    members = {name: answer.json[name] for name in ("orderId", "orderStatus")}
    changed = _as_problem(answer, "too-late-to-cancel")
    return changed.with_json(changed.json | members)


def _pointers_are_names(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem != "invalid-order":
        return answer
    errors = [error | {"pointer": error["pointer"].lstrip("/")} for error in answer.json["errors"]]
    return answer.with_json(answer.json | {"errors": errors})


def _quantity_0_has_decimals(answer: HttpAnswer) -> HttpAnswer:
    return _told_otherwise(answer, "must be greater than 0", "must have at most 8 decimal places")


def _symbol_is_told_as_side(answer: HttpAnswer) -> HttpAnswer:
    return _told_otherwise(
        answer, "must be six capital letters, such as EURUSD", "must be BUY or SELL"
    )


def _told_otherwise(answer: HttpAnswer, sentence: str, other: str) -> HttpAnswer:
    if answer.problem != "invalid-order" or sentence not in answer.body.decode():
        return answer
    return replace(answer, body=answer.body.replace(sentence.encode(), other.encode()))


def _cancelled_is_told_as_executed(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem != "already-cancelled":
        return answer
    return answer.with_json(answer.json | {"detail": "The order has already been executed."})


def _always_pending(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem not in _CANCEL_REJECTIONS:
        return answer
    return answer.with_json(answer.json | {"orderStatus": "PENDING"})


def _another_order(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem not in _CANCEL_REJECTIONS:
        return answer
    return answer.with_json(answer.json | {"orderId": str(uuid4())})


def _unexplained(answer: HttpAnswer) -> HttpAnswer:
    if answer.path != "/problems/already-cancelled":
        return answer
    return _as_problem(answer, "not-found")


def _unknown_explanation_fails(answer: HttpAnswer) -> HttpAnswer:
    is_unknown = answer.path.startswith("/problems/") and answer.problem == "not-found"
    return _as_problem(answer, "internal-error") if is_unknown else answer


def _pointers_unescaped(answer: HttpAnswer) -> HttpAnswer:
    if answer.problem != "invalid-order":
        return answer
    return replace(answer, body=answer.body.replace(b"~0", b"~").replace(b"~1", b"/"))


def _events_undescribed(answer: HttpAnswer) -> HttpAnswer:
    is_asked = answer.path == "/asyncapi.json"
    return _as_problem(answer, "not-found", "Nothing is at this address.") if is_asked else answer


def _as_problem(answer: HttpAnswer, slug: str, detail: str = "See the title.") -> HttpAnswer:
    other = problem_response(Problem.of(slug, detail))
    headers = {"content-type": other.headers["content-type"]}
    return replace(answer, status=other.status_code, headers=headers, body=bytes(other.body))


FAULTS = (
    Fault(
        "rejections-as-plain-json",
        breaks="Every rejection is application/problem+json.",
        about=("rejections: ", "placing_orders: An order with zero quantity is rejected"),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_plain_json),
        selection=REJECTED,
    ),
    Fault(
        "framework-answers-404",
        breaks="Rejections by the framework have the same form as all others.",
        about=("malformed_requests: A request to <request> is rejected … request=list trades",),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_frameworks_own_404),
        selection=CANCELLED,
    ),
    Fault(
        "odd-id-breaks-the-server",
        breaks="An order ID that is not a UUID is unknown.",
        about=("viewing_orders: A view of <order> is rejected",),
        rule="Viewing an order: A view of an unknown order is rejected",
        parts=Parts(orders_api=_OddIdBreaksTheServer),
        selection=CANCELLED,
    ),
    Fault(
        "one-conflict-for-all",
        breaks="Each reason for a rejection has a slug of its own.",
        about=("rejections: A late cancel of an order that is <status> is rejected",),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_one_conflict_for_all),
        selection=CANCELLED,
    ),
    Fault(
        "pointers-are-names",
        breaks="An invalid field is identified by a JSON Pointer.",
        about=("placing_orders: An order with zero quantity is rejected",),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_pointers_are_names),
        selection=PLACED,
    ),
    Fault(
        "pointers-unescaped",
        breaks="A JSON Pointer writes ~ as ~0 and / as ~1 (RFC 6901).",
        about=("order_validation: An unknown field is named exactly",),
        rule="Order validation: An order with an unknown field is rejected",
        wrap=altering_answers(_pointers_unescaped),
        selection=PLACED,
    ),
    Fault(
        "quantity-0-blamed-for-decimals",
        breaks="The rejection of an order says which rule its field breaks.",
        about=("order_validation: A quantity of <value> is rejected … value=0",),
        rule="Order validation: The quantity is greater than 0",
        wrap=altering_answers(_quantity_0_has_decimals),
        selection=PLACED,
    ),
    Fault(
        "symbol-blamed-in-words-of-side",
        breaks="What is said of a field is about this field.",
        about=("order_validation: A symbol of <value> is rejected",),
        rule="Order validation: The symbol is six capital letters",
        wrap=altering_answers(_symbol_is_told_as_side),
        selection=PLACED,
    ),
    Fault(
        "cancelled-told-as-executed",
        breaks="The sentence of a rejection says the same as its type.",
        about=("rejections: A late cancel of an order that is <status> is rejected",),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_cancelled_is_told_as_executed),
        selection=CANCELLED,
    ),
    Fault(
        "rejection-shows-wrong-status",
        breaks="The rejection of a cancel gives the order's status.",
        about=("cancelling_orders: An executed order cannot be cancelled",),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_always_pending),
        selection=CANCELLED,
    ),
    Fault(
        "rejection-names-another-order",
        breaks="The rejection of a cancel names the order.",
        about=("cancelling_orders: An executed order cannot be cancelled",),
        rule="Rejections: Every rejection has the promised form",
        wrap=altering_answers(_another_order),
        selection=CANCELLED,
    ),
    Fault(
        "unknown-explanation-breaks-the-server",
        breaks="Nothing is at the address of an explanation that no rejection links to.",
        about=("malformed_requests: A request to <request> … request=read an unknown",),
        rule="Robust against malformed requests: Every rejection of a malformed or unsupported",
        wrap=altering_answers(_unknown_explanation_fails),
        selection=CANCELLED,
    ),
    Fault(
        "events-undescribed",
        breaks="The server publishes what its events look like.",
        about=("responses: Programs can <request> … its events",),
        rule="Responses: The server describes its requests and its events",
        wrap=altering_answers(_events_undescribed),
        selection=REJECTED,
    ),
    Fault(
        "one-rejection-unexplained",
        breaks="Each problem type links to a readable explanation.",
        about=("rejections: A late cancel of an order that is <status> is rejected",),
        rule="Rejections: Every rejection links to a readable explanation",
        wrap=altering_answers(_unexplained),
        selection=CANCELLED,
    ),
)
