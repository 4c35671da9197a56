"""Messages that are no orders, by what the features call them."""

from collections.abc import Callable

from driver.wire import encode
from step_defs.world.drafts import draft

LONGEST_MESSAGE = 64 * 1024  # bytes

Message = Callable[[], str | bytes]

MESSAGES: dict[str, Message] = {
    "half an order": lambda: encode(draft())[:-1],
    "an empty message": lambda: "",
    "plain text": lambda: "buy 100 EURUSD",
    "garbled characters": lambda: encode(draft()).encode().replace(b"EURUSD", b"\xff\xfe"),
    "a list of orders": lambda: f"[{encode(draft())}]",
    "a bare number": lambda: "100",
    "a bare nothing": lambda: "null",
    "a thousand open brackets": lambda: "[" * 1000,
    "an order of exactly 64 KiB": lambda: encode(draft()).ljust(LONGEST_MESSAGE),
    "more than 64 KiB": lambda: encode(draft()).ljust(LONGEST_MESSAGE + 1),
}
