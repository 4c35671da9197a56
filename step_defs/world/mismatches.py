"""Ways in which a server can break its promises, as the reports count them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from bdd import Mismatch
from driver import ContractViolation


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
def contract_kept() -> Iterator[None]:
    """Tells an answer that breaks the contract as a promise that does not hold."""
    try:
        yield
    except ContractViolation as violation:
        raise told(violation) from None


def told(violation: ContractViolation) -> ContractBroken:
    """The violation as the reports tell it."""
    return ContractBroken(
        f"{violation.where} breaks the contract",
        expected="the form that the contract promises",
        got="\n".join((*violation.findings, f"sent: {violation.text}")),
    )
