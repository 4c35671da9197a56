"""Messages in place of an order, by their names in the features."""

from driver import Malformed

MESSAGES = {
    "a truncated order": Malformed.TRUNCATED,
    "an empty message": Malformed.EMPTY,
    "plain text": Malformed.PLAIN_TEXT,
    "invalid characters": Malformed.INVALID_CHARACTERS,
    "a list of orders": Malformed.LIST,
    "a bare number": Malformed.NUMBER,
    "a bare null": Malformed.NULL,
    "a thousand opening brackets": Malformed.BRACKETS,
    "an order of exactly 64 KiB": Malformed.LONGEST,
    "an order over 64 KiB": Malformed.TOO_LONG,
}
