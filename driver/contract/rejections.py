"""How rejections are read: as problem details (RFC 9457), or in whatever way a server says no."""

import json
from collections.abc import Iterable, Sequence

from driver.contract.http import PROBLEM, HttpAnswer
from driver.contract.models import Models, ProblemBody
from driver.contract.requests import Requests
from driver.contract.shapes import found_at
from driver.contract.terms import RejectionRule, Terms, has_one_of
from driver.errors import ContractViolation
from driver.messages import InvalidField, Rejection
from driver.vocabulary import Action, Capability, Complaint, OrderStatus, Reason

_WITH_FIELDS = {Reason.INVALID_ORDER, Reason.INVALID_QUERY}
_ORDER_STATUS = {
    Reason.TOO_LATE_TO_CANCEL: OrderStatus.EXECUTED,
    Reason.ALREADY_CANCELLED: OrderStatus.CANCELLED,
    Reason.CANCEL_PENDING: OrderStatus.PENDING,
}
_ABOUT_AN_ORDER = {Reason.DUPLICATE_REFERENCE, *_ORDER_STATUS}
POSSIBLE = {
    Action.PLACE: (
        Reason.INVALID_ORDER,
        Reason.MALFORMED,
        Reason.TOO_LARGE,
        Reason.DUPLICATE_REFERENCE,
        Reason.CAPACITY_REACHED,
        Reason.STORE_UNAVAILABLE,
    ),
    Action.VIEW: (Reason.UNKNOWN_ORDER, Reason.STORE_UNAVAILABLE),
    Action.LIST: (Reason.INVALID_QUERY, Reason.STORE_UNAVAILABLE),
    Action.CANCEL: (
        Reason.TOO_LATE_TO_CANCEL,
        Reason.ALREADY_CANCELLED,
        Reason.CANCEL_PENDING,
        Reason.UNKNOWN_ORDER,
        Reason.STORE_UNAVAILABLE,
    ),
    Action.OTHER: (
        Reason.UNKNOWN_PATH,
        Reason.METHOD_NOT_ALLOWED,
        Reason.UNAUTHORIZED,
        Reason.FOREIGN_ORIGIN,
        Reason.STORE_UNAVAILABLE,
    ),
}
"""Why a request of each kind can be rejected."""


class ProblemReader:
    """Reads problem details, whose reason must go with the answer's status code."""

    def __init__(self, terms: Terms, models: Models, requests: Requests) -> None:
        self._terms = terms
        self._rules: dict[Reason, RejectionRule] = terms.reasons
        self._models = models
        self._requests = requests

    def read(self, answer: HttpAnswer, action: Action) -> Rejection:
        """The rejection. Raises ContractViolation with all that is wrong with it."""
        if answer.media_type != PROBLEM:
            raise other_type(answer, PROBLEM)
        problem = self._models.problem(answer.body, answer.where)
        kind = problem.type.removeprefix(self._terms.rejections.prefix)
        reasons = [reason for reason, rule in self._rules.items() if rule.type == kind]
        reasons.sort(key=lambda reason: reason not in POSSIBLE[action])
        promised = self._rules[reasons[0]].code if reasons else None
        findings = _code_findings(problem, answer.code, promised)
        if not reasons:
            raise answer.violates(*findings, f"type: no reason of the contract is called {kind}")
        findings += self._member_findings(problem, reasons[0])
        findings += _words_findings([self._rules[each] for each in reasons], problem.detail)
        if findings:
            raise answer.violates(*findings)
        return self._neutral(problem, reasons)

    def _member_findings(self, problem: ProblemBody, reason: Reason) -> list[str]:
        names = self._terms.problem
        findings = _field_findings(problem, reason) if reason in _WITH_FIELDS else []
        if reason in _ABOUT_AN_ORDER and problem.order_id is None:
            findings.append(f"{names.order_id}: must name the order")
        if reason in _ABOUT_AN_ORDER and problem.order_status is None:
            findings.append(f"{names.status}: must tell the order's status")
        promised = _ORDER_STATUS.get(reason, problem.order_status)
        if problem.order_status not in (None, promised):
            findings.append(
                f"{names.status}: {problem.order_status} where {promised} is the reason"
            )
        return findings

    def _neutral(self, problem: ProblemBody, reasons: list[Reason]) -> Rejection:
        return Rejection(
            reason=reasons[0],
            title=problem.title,
            detail=problem.detail,
            explanation=problem.type,
            invalid_fields=tuple(
                InvalidField(
                    self._neutral_field(each.pointer, reasons[0]),
                    each.detail,
                    self._complaints(each.detail),
                )
                for each in problem.errors or ()
            ),
            order_id=problem.order_id,
            order_status=problem.order_status,
            or_else=frozenset(reasons[1:]),
        )

    def _neutral_field(self, pointer: str, reason: Reason) -> str:
        """The name behind a JSON Pointer (RFC 6901, `/quantity`) or a parameter's name."""
        if reason is Reason.INVALID_QUERY:
            return self._requests.neutral_filter(pointer)
        parts = pointer.removeprefix("/").split("/")
        spelled = ".".join(each.replace("~1", "/").replace("~0", "~") for each in parts)
        return self._requests.neutral_field(spelled)

    def _complaints(self, detail: str) -> frozenset[Complaint]:
        said = self._terms.said.items()
        return frozenset(complaint for complaint, words in said if has_one_of(words, detail))


class PlainReader:
    """Tells reasons apart by code, type and words, as far as a server without problem details does.

    The most telling rule counts: one with a type and words before one with only a code.
    """

    def __init__(self, terms: Terms) -> None:
        self._prefix: str = terms.rejections.prefix
        self._problem = terms.problem
        self._rules = {
            reason: rule for reason, rule in terms.reasons.items() if not is_missing(reason, terms)
        }

    def read(self, answer: HttpAnswer, action: Action) -> Rejection:
        """The rejection. Raises ContractViolation if nothing in it is a reason of the contract."""
        if answer.media_type == PROBLEM:
            raise answer.violates("problem details are declared missing, and are there after all")
        document = _document(answer)
        kind = str(found_at(self._problem.type, document)) if self._problem.type else ""
        said = str(found_at(self._problem.detail, document) or "") if self._problem.detail else ""
        if self._problem.detail and not said.strip():
            raise answer.violates(f"{self._problem.detail}: must say why, in a sentence")
        fitting = [
            reason
            for reason in POSSIBLE[action]
            if reason in self._rules and self._fits(self._rules[reason], answer, kind, said)
        ]
        if not fitting:
            raise answer.violates(
                f"status {answer.code}: no reason to reject this request is told in this way"
            )
        reasons = self._most_telling(fitting)
        told = said or answer.text
        if findings := _words_findings([self._rules[each] for each in reasons], told):
            raise answer.violates(*findings)
        return _plain(reasons, told)

    def _fits(self, rule: RejectionRule, answer: HttpAnswer, kind: str, said: str) -> bool:
        return (
            rule.code == answer.code
            and (not rule.type or kind == self._prefix + rule.type)
            and (not rule.text or rule.text.lower() in (said or answer.text).lower())
        )

    def _most_telling(self, reasons: list[Reason]) -> list[Reason]:
        telling = {each: telling_of(self._rules[each]) for each in reasons}
        return [each for each in reasons if telling[each] == max(telling.values())]


def is_missing(reason: Reason, terms: Terms) -> bool:
    """Whether no request can be rejected for this reason, because of what the server lacks."""
    needed = {
        Reason.DUPLICATE_REFERENCE: Capability.REFERENCES,
        Reason.TOO_LARGE: Capability.BODY_LIMIT,
        Reason.CAPACITY_REACHED: Capability.CONFIGURATION,
        Reason.STORE_UNAVAILABLE: Capability.CONFIGURATION,
        Reason.CANCEL_PENDING: Capability.ANSWER_DELAYS,
        Reason.UNAUTHORIZED: Capability.API_KEY,
        Reason.FOREIGN_ORIGIN: Capability.ORIGIN_CHECK,
        Reason.INVALID_QUERY: Capability.STRICT_QUERIES,
        Reason.UNKNOWN_PATH: Capability.UNSUPPORTED,
        Reason.METHOD_NOT_ALLOWED: Capability.UNSUPPORTED,
    }
    return needed.get(reason) in terms.not_offered


def telling_of(rule: RejectionRule) -> int:
    """How much more than its code a rule looks at."""
    return bool(rule.type) + bool(rule.text)


def other_type(answer: HttpAnswer, promised: str) -> ContractViolation:
    """The answer as one of the wrong content type."""
    return answer.violates(
        f"status {answer.code}",
        f"content type: {answer.media_type or 'none'} instead of {promised}",
    )


def _plain(reasons: Iterable[Reason], said: str) -> Rejection:
    first, *others = reasons
    return Rejection(first, str(first), said, "", None, or_else=frozenset(others))


def _words_findings(rules: Sequence[RejectionRule], said: str) -> list[str]:
    if any(rule.fits(said) for rule in rules):
        return []
    words = " or ".join(word for rule in rules for word in rule.words)
    return [f"detail: must say why, with one of these words: {words}"]


def _document(answer: HttpAnswer) -> object:
    try:
        return json.loads(answer.body)
    except ValueError:
        return {}


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
