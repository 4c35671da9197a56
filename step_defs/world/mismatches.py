"""Ways in which a server can break its promises, as the reports count them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, NoReturn

from bdd import Mismatch, Rule, not_offered
from driver import AnswerOverdue, ContractViolation, NotOffered, Part
from step_defs.world import rules


class ContractBroken(Mismatch):
    """An answer, a frame or an order is not what the contract promises."""

    category: ClassVar[str] = "Contract violation"


class RejectionWrong(Mismatch):
    """Something was rejected, or accepted, that should not have been, or for a wrong reason."""

    category: ClassVar[str] = "Rejection wrong"


class EventsWrong(Mismatch):
    """Events are missing, too many, or in the wrong order."""

    category: ClassVar[str] = "Event order"


class TimeWrong(Mismatch):
    """Something took longer, or less long, than promised."""

    category: ClassVar[str] = "Too slow or too fast"


class ScenarioWrong(Mismatch):
    """The scenario speaks of what it has not brought about; the server is not to blame."""

    category: ClassVar[str] = "Mistake in the scenario"


KINDS = (ContractBroken, RejectionWrong, EventsWrong, TimeWrong, ScenarioWrong)
CATEGORIES = [kind.category for kind in KINDS]


@contextmanager
def contract_kept(rule: Rule | None = None) -> Iterator[None]:
    """Tells an answer that breaks the contract as a promise that does not hold: of the `rule`.

    No answer at all breaks the promise of the scenario. What the chosen way to the server has no
    words for ends the scenario as not offered.
    """
    try:
        yield
    except NotOffered as missing:
        not_on_the_page(str(missing))
    except ContractViolation as violation:
        raise told(violation, rule) from None
    except AnswerOverdue as overdue:
        raise TimeWrong("A request was not answered", expected="an answer", got=overdue) from None


def not_on_the_page(what: str) -> NoReturn:
    """Ends the scenario as not offered: traders at the page have no way to do this."""
    not_offered(what, by="the page")


@contextmanager
def about(rule: Rule | None) -> Iterator[None]:
    """What is found meanwhile breaks this promise, unless it names another one.

    None is the promise of the scenario, whatever was named.
    """
    try:
        yield
    except Mismatch as mismatch:
        mismatch.rule = rule and (mismatch.rule or rule)
        raise


def told(violation: ContractViolation, rule: Rule | None = None) -> ContractBroken:
    """The violation as the reports tell it.

    A server that fails has broken the promise of the scenario, any other message that of its form.
    Quantities have a promise of their own.
    """
    quantity = rules.PLAIN_QUANTITY if violation.only_quantities else None
    return ContractBroken(
        f"{violation.where} breaks the contract",
        expected="the form that the contract promises",
        got="\n".join((*violation.findings, f"sent: {violation.text}")),
        rule=rule or quantity or _FORMS.get(violation.part),
    )


_FORMS = {
    Part.RESPONSE: rules.RESPONSE_FORM,
    Part.REJECTION: rules.REJECTION_FORM,
    Part.EVENT: rules.EVENT_FORM,
    Part.PAGE: rules.PAGE_STATUS,
    Part.TAPE: rules.PAGE_EVENTS,
    Part.KEYS: rules.PAGE_KEYS,
}
