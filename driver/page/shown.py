"""What the page shows, read as a person would, and turned into the messages of this package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from driver.dialects import TRADING
from driver.errors import ContractViolation, Part
from driver.messages import InvalidField, LoggedRequest, Order, OrderEvent, Rejection
from driver.vocabulary import OrderStatus, Side

NO_REFERENCE = "\N{EN DASH}"

# What a person reads in an order's details, in a rejection and in a row. The times are those that a
# machine reads, because a clock on the wall shows milliseconds only.
DETAILS = """shown => Object.fromEntries([...shown.querySelectorAll("dd")].map(each =>
    [each.dataset.field, each.querySelector("time")?.dateTime ?? each.textContent]))"""
REJECTION = """shown => ({
    title: shown.querySelector("strong")?.textContent ?? "",
    detail: shown.querySelector(".detail")?.textContent ?? "",
    explanation: shown.querySelector("a")?.getAttribute("href") ?? "",
    text: shown.textContent,
    order_id: shown.querySelector(".named code")?.textContent ?? null,
    status: shown.querySelector(".named-status")?.textContent ?? null,
    errors: [...shown.querySelectorAll("li")].map(each => [each.dataset.pointer, each.textContent]),
})"""
ROW = """row => ({
    orderId: row.dataset.orderId,
    clientOrderId: row.querySelector(".reference").textContent,
    symbol: row.querySelector(".symbol").textContent,
    side: row.querySelector(".side").textContent,
    quantity: row.querySelector(".quantity").textContent,
    orderStatus: row.querySelector(".status").textContent,
    createdAt: row.querySelector(".time").dataset.at,
    updatedAt: row.querySelector(".status").dataset.at,
})"""

Texts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page showed: what was asked for (`texts`), or why it was rejected.

    `sent` is when the page was told to send, or when it did; `received` is when it showed the rest.
    """

    accepted: bool
    texts: Texts
    sent: float
    received: float

    def logged(self, done: str) -> LoggedRequest:
        """The same for the record of requests; `done` is what the trader did."""
        said = "accepted" if self.accepted else "rejected"
        text = "\n".join(f"{name}: {value}" for name, value in self.texts.items())
        return LoggedRequest(f"On the page: {done}", None, said, text, self.sent, self.received)


class Reader:
    """Reads what the page shows, which speaks as this project does, whatever the dialect."""

    def __init__(self) -> None:
        prefix, rules = TRADING.terms.rejections.prefix, TRADING.terms.reasons
        self._reasons = {f"{prefix}{rule.type}": reason for reason, rule in rules.items()}

    def order(self, texts: Texts, where: str) -> Order:
        """An order. Raises ContractViolation if the page shows something else in its place."""
        try:
            return Order(
                order_id=texts["orderId"],
                reference=_reference(texts["clientOrderId"]),
                symbol=texts["symbol"],
                side=Side[texts["side"]],
                quantity=Decimal(texts["quantity"]),
                status=OrderStatus[texts["orderStatus"]],
                created_at=datetime.fromisoformat(texts["createdAt"]),
                updated_at=datetime.fromisoformat(texts["updatedAt"]),
            )
        except (KeyError, ValueError, ArithmeticError, TypeError) as error:
            raise _unreadable(where, f"no order: {error!r}", texts) from None

    def rejection(self, texts: Texts, where: str) -> Rejection:
        """A rejection. Raises ContractViolation if its reason is none of the contract's."""
        reason = self._reasons.get(texts["explanation"])
        if reason is None:
            raise _unreadable(where, "a rejection without a known reason", texts["text"])
        status = texts["status"]
        return Rejection(
            reason=reason,
            title=texts["title"],
            detail=texts["detail"] or "; ".join(text for _, text in texts["errors"]),
            explanation=texts["explanation"],
            invalid_fields=tuple(
                InvalidField(field_of(pointer), text) for pointer, text in texts["errors"]
            ),
            order_id=texts["order_id"],
            order_status=OrderStatus[status] if status in OrderStatus.__members__ else None,
        )


def field_of(pointer: str) -> str:
    """The neutral name of a field or filter, as the page points at it."""
    return TRADING.requests.neutral_field(pointer.removeprefix("/"))


def event(texts: Texts) -> OrderEvent:
    """A line of the tape."""
    previous = texts["previousStatus"]
    return OrderEvent(
        sequence=texts["sequence"],
        order_id=texts["orderId"],
        reference=texts["clientOrderId"] or None,
        status=OrderStatus[texts["orderStatus"]],
        previous_status=OrderStatus[previous] if previous else None,
        occurred_at=datetime.fromisoformat(texts["occurredAt"]),
    )


def _unreadable(where: str, finding: str, shown: object) -> ContractViolation:
    return ContractViolation(where, (finding,), str(shown), Part.PAGE)


def _reference(text: str) -> str | None:
    return None if text == NO_REFERENCE else text
