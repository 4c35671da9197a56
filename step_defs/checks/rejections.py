"""Why requests are rejected, as the features word it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bdd import Rule
from driver import Action, Complaint, InvalidField, Reason, Rejection, TradingPort
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer
from step_defs.world.mismatches import RejectionWrong, ScenarioWrong, contract_kept
from step_defs.world.selection import Subject
from step_defs.world.wrongly_rejected import rule_against


@dataclass(frozen=True, slots=True)
class Blame:
    """A reason for a rejection, and the fields that it blames: all of them, and no others.

    `complaint` is what must be said of each field.
    """

    reason: Reason
    fields: frozenset[str] = frozenset()
    complaint: Complaint | None = None

    def fits(self, rejection: Rejection) -> bool:
        """Whether the rejection says so, as far as the server tells reasons and fields apart."""
        named = rejection.invalid_fields
        return rejection.may_be(self.reason) and (
            named is None
            or (_fields_of(rejection) == self.fields and all(map(self._is_said_of, named)))
        )

    def _is_said_of(self, invalid: InvalidField) -> bool:
        return self.complaint is None or self.complaint in invalid.complaints

    def __str__(self) -> str:
        about = ", ".join(sorted(self.fields))
        told = f"{self.reason}, about {about}" if about else str(self.reason)
        return f"{told}, in words of complaints.{self.complaint.key}" if self.complaint else told


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rejection must say, in the words of a feature; any one of `blames` will do.

    `rule` is the promise of it, if scenarios of other Rules speak of it, too.
    """

    words: str
    blames: tuple[Blame, ...]
    rule: Rule | None = None

    def fits(self, rejection: Rejection) -> bool:
        """Whether the rejection says one of them."""
        return any(blame.fits(rejection) for blame in self.blames)

    def __str__(self) -> str:
        return " or ".join(map(str, self.blames))


def require_accepted(answer: AnyAnswer, subject: Subject) -> None:
    """The request was not rejected."""
    _require_about(answer, subject)
    if isinstance(answer.outcome, Rejection):
        raise RejectionWrong(
            f"The {subject} was rejected",
            expected="to be accepted",
            got=f"rejected: {answer.outcome.reason} ({answer.outcome.detail})",
            rule=rule_against(answer.outcome, answer.action),
        )


def require_rejection(answer: AnyAnswer, subject: Subject, expected: Expected) -> None:
    """The request was rejected for the expected reason, and only the expected fields are blamed."""
    _require_about(answer, subject)
    rejection = answer.outcome
    if not isinstance(rejection, Rejection):
        raise RejectionWrong(
            f"The {subject} was accepted",
            expected=f"rejected because {expected.words}",
            got=f"accepted with {answer.log.answer}",
            rule=_rule(answer, expected),
        )
    if not expected.fits(rejection):
        raise RejectionWrong(
            f"The {subject} was rejected for the wrong reason",
            expected=f"{expected.words} ({expected})",
            got=f"{_blame(rejection)}: {_said(rejection)}",
            rule=_rule(answer, expected),
        )


def require_one_accepted(
    answers: Sequence[AnyAnswer], subject: Subject, expected: Expected, rule: Rule | None = None
) -> None:
    """One request of many was accepted, and each other one rejected for the expected reason.

    `rule` is the promise that is broken otherwise, if it is not that of the scenario.
    """
    rejected = [answer for answer in answers if isinstance(answer.outcome, Rejection)]
    if len(rejected) != len(answers) - 1:
        raise RejectionWrong(
            f"{len(answers) - len(rejected)} of {len(answers)} simultaneous requests were accepted",
            expected=f"exactly one {subject} is accepted",
            got=f"{len(rejected)} rejected",
            rule=rule,
        )
    for answer in rejected:
        require_rejection(answer, subject, expected)


def require_one_rejected(
    answers: Sequence[AnyAnswer], subject: Subject, expected: Expected
) -> None:
    """At least one request of many was rejected for the expected reason."""
    for answer in answers:
        _require_about(answer, subject)
    rejections = [each.outcome for each in answers if isinstance(each.outcome, Rejection)]
    if not any(map(expected.fits, rejections)):
        raise RejectionWrong(
            f"No {subject} was rejected because {expected.words}",
            expected=f"at least one rejection: {expected}",
            got="\n".join(sorted({str(_blame(each)) for each in rejections})) or "no rejection",
        )


def _rule(answer: AnyAnswer, expected: Expected) -> Rule | None:
    if expected.blames == (Blame(Reason.UNKNOWN_ORDER),):
        return _UNKNOWN_ORDER.get(answer.action)
    return expected.rule


_UNKNOWN_ORDER = {Action.VIEW: rules.VIEW_UNKNOWN, Action.CANCEL: rules.ONLY_PENDING_CANCELLED}


def _blame(rejection: Rejection) -> Blame:
    return Blame(rejection.reason, _fields_of(rejection))


def _fields_of(rejection: Rejection) -> frozenset[str]:
    """The fields that are blamed; none where rejections name none."""
    return frozenset(each.field for each in rejection.invalid_fields or ())


def _said(rejection: Rejection) -> str:
    """What people are told: of each field, if any is named."""
    of_fields = [f"{each.field} {each.detail}" for each in rejection.invalid_fields or ()]
    return "; ".join(of_fields) or rejection.detail


def _require_about(answer: AnyAnswer, subject: Subject) -> None:
    expected = {Subject.ORDER: Action.PLACE, Subject.CANCEL: Action.CANCEL}.get(subject)
    if expected not in (None, answer.action):
        raise ScenarioWrong(
            f"The step refers to the {subject}",
            expected=f"an earlier step that asks to {expected}",
            got=f"the latest action was to {answer.action}",
        )


def require_explanations(port: TradingPort, answers: Sequence[AnyAnswer]) -> None:
    """Each kind of rejection among the answers, at least one, is explained in a sentence."""
    outcomes = [answer.outcome for answer in answers]
    kinds = {each.reason: each for each in outcomes if isinstance(each, Rejection)}
    if not kinds:
        raise RejectionWrong("The request was accepted", expected="rejected", got="accepted")
    for rejection in kinds.values():
        with contract_kept(rules.EXPLAINED):
            port.explain(rejection)
