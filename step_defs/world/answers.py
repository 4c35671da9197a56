"""Answers as the steps look at them, and orders as traders placed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from driver import Answer, Draft, Order, OrderPage, Rejection
from step_defs.world.drafts import REFERENCE
from step_defs.world.mismatches import RejectionWrong, ScenarioWrong
from step_defs.world.wrongly_rejected import rule_against

AnyAnswer = Answer[Any]


@dataclass(frozen=True, slots=True)
class Placement:
    """An order that a trader tried to place, and the server's answer."""

    draft: Draft
    answer: Answer[Order]

    @property
    def order(self) -> Order:
        """The order, which must have been accepted."""
        order: Order = accepted(self.answer)
        return order

    @property
    def reference(self) -> object:
        """The trader's own reference. Raises ScenarioWrong if the order was given none."""
        if self.draft.get(REFERENCE) is None:
            raise ScenarioWrong(
                "The step speaks of the order's reference",
                expected="an order with a reference",
                got="an order that was given none",
            )
        return self.draft[REFERENCE]

    def has(self, order_id: str) -> bool:
        """Whether this is the identity that the server gave to the order."""
        return not self.rejected and self.order.order_id == order_id

    @property
    def rejected(self) -> bool:
        """Whether the server rejected the order."""
        return isinstance(self.answer.outcome, Rejection)


def orders_in(answer: AnyAnswer) -> Sequence[Order]:
    """The orders that an answer shows. Raises RejectionWrong if it is a rejection."""
    outcome = accepted(answer)
    if isinstance(outcome, OrderPage):
        return outcome.orders
    return [outcome] if isinstance(outcome, Order) else []


def accepted(answer: AnyAnswer) -> Any:
    """What was asked for. Raises RejectionWrong if it was rejected."""
    if isinstance(answer.outcome, Rejection):
        rejection = answer.outcome
        raise RejectionWrong(
            f"{answer.log.request} was rejected",
            expected="to be accepted",
            got=f"rejected: {rejection.reason} ({rejection.detail})",
            rule=rule_against(rejection, answer.action),
        )
    return answer.outcome
