"""Why requests are rejected, in the words of the features."""

from dataclasses import replace
from difflib import get_close_matches

from bdd import PlaceholderType
from driver import Complaint, Reason
from step_defs.checks.rejections import Blame, Expected
from step_defs.phrases import things
from step_defs.phrases.reading import THE_REST, phrase
from step_defs.world import rules
from step_defs.world.selection import Subject


def _one(reason: Reason, *fields: str) -> tuple[Blame, ...]:
    return (Blame(reason, frozenset(fields)),)


def _order(field: str, complaint: Complaint) -> tuple[Blame, ...]:
    return (Blame(Reason.INVALID_ORDER, frozenset({field}), complaint),)


def _query(parameter: str, complaint: Complaint) -> tuple[Blame, ...]:
    return (Blame(Reason.INVALID_QUERY, frozenset({parameter}), complaint),)


_REFERENCE_RULE = "1 to 64 letters, digits, dots, dashes or underscores"
REASONS: dict[str, tuple[Blame, ...]] = {
    "the quantity must be greater than 0": _order("quantity", Complaint.QUANTITY_TOO_SMALL),
    "the quantity must be at most 1000000000": _order("quantity", Complaint.QUANTITY_TOO_LARGE),
    "the quantity has at most 8 decimal places": _order("quantity", Complaint.QUANTITY_TOO_PRECISE),
    "the quantity must be a number": _order("quantity", Complaint.QUANTITY_NO_NUMBER),
    "the quantity is missing": _order("quantity", Complaint.MISSING),
    "the symbol must be six capital letters": _order("symbol", Complaint.SYMBOL_FORM),
    "the symbol is missing": _order("symbol", Complaint.MISSING),
    "the side must be BUY or SELL": _order("side", Complaint.SIDE_UNKNOWN),
    "the side is missing": _order("side", Complaint.MISSING),
    f"the reference must be {_REFERENCE_RULE}": _order("reference", Complaint.REFERENCE_FORM),
    "an order has no colour": _order("colour", Complaint.UNKNOWN_FIELD),
    "an order has no bid/ask~spread": _order("bid/ask~spread", Complaint.UNKNOWN_FIELD),
    "its symbol, side and quantity are invalid": _one(
        Reason.INVALID_ORDER, "symbol", "side", "quantity"
    ),
    "its symbol and quantity are invalid": _one(Reason.INVALID_ORDER, "symbol", "quantity"),
    "it is not an order": _order("", Complaint.NO_OBJECT),
    "it is malformed": _one(Reason.MALFORMED),
    "it is too large": _one(Reason.TOO_LARGE),
    "its reference is already used": _one(Reason.DUPLICATE_REFERENCE),
    "the server is at capacity": _one(Reason.CAPACITY_REACHED),
    "the store is away": _one(Reason.STORE_UNAVAILABLE),
    "the order is unknown": _one(Reason.UNKNOWN_ORDER),
    "the page size is invalid": _query("limit", Complaint.PAGE_SIZE),
    "the status is invalid": _query("status", Complaint.STATUS_UNKNOWN),
    "the symbol is invalid": _query("symbol", Complaint.SYMBOL_FORM),
    "the reference is invalid": _query("reference", Complaint.REFERENCE_FORM),
    "the cursor is invalid": _query("cursor", Complaint.CURSOR),
    "the page size is given twice": _query("limit", Complaint.GIVEN_TWICE),
    "the status is given twice": _query("status", Complaint.GIVEN_TWICE),
    "the symbol is given twice": _query("symbol", Complaint.GIVEN_TWICE),
    "the reference is given twice": _query("reference", Complaint.GIVEN_TWICE),
    "no list is filtered by colour": _query("colour", Complaint.UNKNOWN_FIELD),
    "the order is already executed": _one(Reason.TOO_LATE_TO_CANCEL),
    "the order is already cancelled": _one(Reason.ALREADY_CANCELLED),
    # Which of the two depends on whether it arrives before or after the first one is done.
    "another cancel is in progress": _one(Reason.CANCEL_PENDING),
    "another cancel is in progress or came first": (
        *_one(Reason.CANCEL_PENDING),
        *_one(Reason.ALREADY_CANCELLED),
    ),
    # JSON has no such number (RFC 8259, 6), but many servers can read it.
    "the quantity must be a finite number": (
        *_one(Reason.MALFORMED),
        *_order("quantity", Complaint.QUANTITY_NO_NUMBER),
    ),
    # Too large, or infinite for a server that computes with floating point.
    "the quantity must be a number up to 1000000000": (
        *_order("quantity", Complaint.QUANTITY_TOO_LARGE),
        *_order("quantity", Complaint.QUANTITY_NO_NUMBER),
    ),
    "the address is unknown": _one(Reason.UNKNOWN_PATH),
    "the operation is not supported": _one(Reason.METHOD_NOT_ALLOWED),
    "it comes from a page of another site": _one(Reason.FOREIGN_ORIGIN),
    "the API key is missing or wrong": _one(Reason.UNAUTHORIZED),
}

RULES = {
    "the quantity must be greater than 0": rules.QUANTITY,
    "it is malformed": rules.NOT_AN_ORDER,
    "it is too large": rules.MESSAGE_SIZE,
    "its reference is already used": rules.REFERENCE_ONCE,
    "the page size is invalid": rules.QUERIES,
    "the order is already executed": rules.ONLY_PENDING_CANCELLED,
    "the order is already cancelled": rules.ONLY_PENDING_CANCELLED,
}
"""The promises behind the reasons that scenarios of several Rules speak of."""


def read_reason(words: str) -> Expected:
    """The rejection that the words promise. Raises ValueError for a reason that nobody gives."""
    if words not in REASONS:
        near = get_close_matches(words, REASONS, n=3, cutoff=0) or list(REASONS)[:3]
        raise ValueError(f"no rejection gives this reason; the nearest ones are: {'; '.join(near)}")
    return Expected(words, REASONS[words], RULES.get(words))


TYPES = (
    PlaceholderType(
        "Reason",
        read_reason,
        THE_REST,
        "the quantity must be greater than 0",
        f"one of: {'; '.join(REASONS)}",
    ),
    replace(
        phrase("Subject", {str(each): each for each in Subject}, "order"), needs=things.subject
    ),
)
