"""What subscribers may do, where a replay begins, and why the server disconnects somebody."""

from collections.abc import Callable

from bdd import PlaceholderType
from driver import DisconnectReason, RawSubscription
from step_defs.phrases.reading import QUOTED, THE_REST, choice, phrase, quoted

Conduct = Callable[[RawSubscription], None]
LAST_RECEIVED = "the last event received"

CONDUCT: dict[str, Conduct] = {
    "disconnects": lambda subscriber: subscriber.close(),
    "sends malformed text": lambda subscriber: subscriber.send("}{ rubbish ]["),
    "sends binary data": lambda subscriber: subscriber.send(bytes(range(256))),
    "sends a message over 64 KiB": lambda subscriber: subscriber.send("x" * (64 * 1024 + 1)),
    "loses the connection": lambda subscriber: subscriber.lose_connection(),
    "stops reading": lambda subscriber: subscriber.stop_reading(),
}


DISCONNECTS = {
    "the sequence number is not a whole number": DisconnectReason.NOT_A_NUMBER,
    "the sequence number is ahead of the stream": DisconnectReason.AHEAD,
    "the sequence number is no longer in the history": DisconnectReason.TOO_OLD,
    "it is too slow, with the sequence number to resume from": DisconnectReason.SLOW,
    "the sequence number is invalid": DisconnectReason.INVALID,
    "the server is shutting down": DisconnectReason.SHUTDOWN,
}


def _position(text: str) -> str | None:
    """A sequence number in quotes; None for that of the last event received."""
    return None if text == LAST_RECEIVED else quoted(text)


TYPES = (
    phrase("Conduct", CONDUCT, "disconnects"),
    choice("DisconnectReason", DISCONNECTS, THE_REST, "the sequence number is not a whole number"),
    PlaceholderType(
        "Position",
        _position,
        f"(?:{LAST_RECEIVED}|{QUOTED})",
        LAST_RECEIVED,
        f'`{LAST_RECEIVED}`, or what is written in quotes, valid or not: `"yesterday"`',
    ),
)
