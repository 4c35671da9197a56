"""How answers are read; any other form than the promised one raises ContractViolation."""

from collections.abc import Callable
from typing import TypeVar

from driver.contract.http import JSON, PROBLEM, HttpAnswer
from driver.contract.models import Models, ProblemBody
from driver.contract.requests import Requests
from driver.contract.terms import Endpoint, Terms
from driver.credentials import API_KEY
from driver.errors import ApiKeyNeeded, ContractViolation
from driver.messages import InvalidField, Order, OrderPage, Rejection
from driver.vocabulary import OrderStatus, Reason

_FIRST_REJECTION = 400  # RFC 9110, 15: the codes of errors begin here

_WITH_FIELDS = {Reason.INVALID_ORDER, Reason.INVALID_QUERY}
_ORDER_STATUS = {
    Reason.TOO_LATE_TO_CANCEL: OrderStatus.EXECUTED,
    Reason.ALREADY_CANCELLED: OrderStatus.CANCELLED,
    Reason.CANCEL_PENDING: OrderStatus.PENDING,
}
_ABOUT_AN_ORDER = {Reason.DUPLICATE_REFERENCE, *_ORDER_STATUS}

T = TypeVar("T")


class Answers:
    """Reads answers by the terms of one contract: what was asked for, or the rejection."""

    def __init__(self, terms: Terms, models: Models, requests: Requests) -> None:
        self._terms = terms
        self._endpoints = terms.endpoints
        self._models = models
        self._requests = requests
        self._reasons = {rule.slug: reason for reason, rule in terms.rejections.rules.items()}

    def placed(self, answer: HttpAnswer) -> Order | Rejection:
        """The order that was placed."""
        return self._read(answer, self._endpoints.place, self._placed)

    def viewed(self, answer: HttpAnswer) -> Order | Rejection:
        """The order that was asked for."""
        return self._read(
            answer, self._endpoints.view, lambda it: self._models.order(it.body, it.where)
        )

    def listed(self, answer: HttpAnswer) -> OrderPage | Rejection:
        """The page of orders that was asked for."""
        return self._read(
            answer, self._endpoints.list, lambda it: self._models.page(it.body, it.where)
        )

    def cancelled(self, answer: HttpAnswer, order_id: str) -> Rejection | None:
        """None if the order was cancelled. A rejection names no other order."""
        outcome = self._read(answer, self._endpoints.cancel, _require_empty, media_type=None)
        if isinstance(outcome, Rejection) and outcome.order_id not in (None, order_id):
            raise answer.violates(f"the rejection speaks of order {outcome.order_id}")
        return outcome

    def healthy(self, answer: HttpAnswer) -> Rejection | None:
        """None if the health check passes."""
        return self._read(
            answer, self._endpoints.health, lambda it: self._models.health(it.body, it.where)
        )

    def attempted(self, answer: HttpAnswer) -> Rejection | None:
        """None if the server let somebody in, whatever it answered; else the rejection."""
        return self._rejection(answer) if answer.code >= _FIRST_REJECTION else None

    def unsupported(self, answer: HttpAnswer) -> Rejection:
        """The rejection of what no server offers."""
        if answer.code < _FIRST_REJECTION:
            raise answer.violates(f"status: {answer.code} where a rejection is promised")
        return self._rejection(answer)

    def explained(self, answer: HttpAnswer) -> str:
        """The explanation of a reason, for people."""
        if answer.code != self._endpoints.view.code or not answer.text.strip():
            raise answer.violates(f"status {answer.code}")
        return answer.text

    def version(self, answer: HttpAnswer) -> str | None:
        """The version that the published document tells, if it is one. Raises ApiKeyNeeded."""
        keyless = self._terms.rejections.rules.get(Reason.UNAUTHORIZED)
        if keyless is not None and answer.code == keyless.code:
            raise ApiKeyNeeded(answer.where, API_KEY)
        return self._models.version(answer.body)

    def _read(
        self,
        answer: HttpAnswer,
        endpoint: Endpoint,
        reader: Callable[[HttpAnswer], T],
        media_type: str | None = JSON,
    ) -> T | Rejection:
        if answer.code >= _FIRST_REJECTION:
            return self._rejection(answer)
        if answer.code != endpoint.code:
            raise answer.violates(f"status: {answer.code} where {endpoint.code} is promised")
        if media_type and answer.media_type != media_type:
            raise _other_type(answer, media_type)
        return reader(answer)

    def _placed(self, answer: HttpAnswer) -> Order:
        order = self._models.order(answer.body, answer.where)
        promised = self._requests.location(order.order_id)
        if answer.location != promised:
            raise answer.violates(f"Location: {answer.location} instead of {promised}")
        return order

    def _rejection(self, answer: HttpAnswer) -> Rejection:
        """A rejection (RFC 9457), whose reason must go with the answer's status code."""
        if answer.media_type != PROBLEM:
            raise _other_type(answer, PROBLEM)
        problem = self._models.problem(answer.body, answer.where)
        slug = problem.type.removeprefix(self._terms.rejections.prefix)
        reason = self._reasons.get(slug)
        promised = self._terms.rejections.rules[reason].code if reason else None
        findings = _code_findings(problem, answer.code, promised)
        if reason is None:
            raise answer.violates(*findings, f"type: no reason of the contract is called {slug}")
        if findings := [*findings, *self._member_findings(problem, reason)]:
            raise answer.violates(*findings)
        return self._neutral(problem, reason)

    def _member_findings(self, problem: ProblemBody, reason: Reason) -> list[str]:
        names = self._terms.fields.problem
        findings = _field_findings(problem, reason) if reason in _WITH_FIELDS else []
        if reason in _ABOUT_AN_ORDER and problem.order_id is None:
            findings.append(f"{names['order_id']}: must name the order")
        if reason in _ABOUT_AN_ORDER and problem.order_status is None:
            findings.append(f"{names['status']}: must tell the order's status")
        promised = _ORDER_STATUS.get(reason, problem.order_status)
        if problem.order_status not in (None, promised):
            findings.append(
                f"{names['status']}: {problem.order_status} where {promised} is the reason"
            )
        return findings

    def _neutral(self, problem: ProblemBody, reason: Reason) -> Rejection:
        return Rejection(
            reason=reason,
            title=problem.title,
            detail=problem.detail,
            explanation=problem.type,
            invalid_fields=tuple(
                InvalidField(self._neutral_field(each.pointer), each.detail)
                for each in problem.errors or ()
            ),
            order_id=problem.order_id,
            order_status=problem.order_status,
        )

    def _neutral_field(self, pointer: str) -> str:
        """The name behind a JSON Pointer (RFC 6901, `/quantity`) or a parameter's name."""
        spelled = pointer.removeprefix("/").replace("~1", "/").replace("~0", "~")
        return self._requests.neutral_field(spelled)


def _require_empty(answer: HttpAnswer) -> None:
    if answer.body:
        raise answer.violates("body: must be empty")


def _other_type(answer: HttpAnswer, promised: str) -> ContractViolation:
    return answer.violates(
        f"status {answer.code}",
        f"content type: {answer.media_type or 'none'} instead of {promised}",
    )


def _code_findings(problem: ProblemBody, code: int, promised: int | None) -> list[str]:
    findings = []
    if problem.status != code:
        findings.append(f"status: the body says {problem.status}, the answer {code}")
    if promised not in (None, code):
        findings.append(f"status: {problem.type} goes with {promised}, the answer has {code}")
    return findings


def _field_findings(problem: ProblemBody, reason: Reason) -> list[str]:
    if not problem.errors:
        return ["errors: must name each field or parameter that is wrong"]
    pointers = [each.pointer for each in problem.errors]
    if reason is Reason.INVALID_QUERY:
        return [f"pointer: {each} is no parameter's name" for each in pointers if "/" in each]
    wrong = [each for each in pointers if each and not each.startswith("/")]
    return [f"pointer: {each} is no JSON Pointer" for each in wrong]
