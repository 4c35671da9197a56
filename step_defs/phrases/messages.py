"""Messages in place of an order, by their names in the features."""

from collections.abc import Callable

from driver.wire import encode
from step_defs.world.drafts import draft

LONGEST_MESSAGE = 64 * 1024  # bytes

Message = Callable[[], str | bytes]

MESSAGES: dict[str, Message] = {
    "a truncated order": lambda: encode(draft())[:-1],
    "an empty message": lambda: "",
    "plain text": lambda: "buy 100 EURUSD",
    "invalid characters": lambda: encode(draft()).encode().replace(b"EURUSD", b"\xff\xfe"),
    "a list of orders": lambda: f"[{encode(draft())}]",
    "a bare number": lambda: "100",
    "a bare null": lambda: "null",
    "a thousand opening brackets": lambda: "[" * 1000,
    "an order of exactly 64 KiB": lambda: encode(draft()).ljust(LONGEST_MESSAGE),
    "an order over 64 KiB": lambda: encode(draft()).ljust(LONGEST_MESSAGE + 1),
}
