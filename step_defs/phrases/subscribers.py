"""What subscribers may do, where a replay begins, and why the server disconnects somebody."""

from collections.abc import Callable
from dataclasses import dataclass

from bdd import PlaceholderType, Rule
from driver import DisconnectReason, RawSubscription
from step_defs.phrases.reading import QUOTED, THE_REST, choice, phrase, quoted
from step_defs.world import rules

LAST_RECEIVED = "the last event received"


@dataclass(frozen=True, slots=True)
class Conduct:
    """What a subscriber does, and the promise that the others do not notice."""

    act: Callable[[RawSubscription], None]
    promise: Rule = rules.HARMS_ITSELF


CONDUCT = {
    "disconnects": Conduct(lambda subscriber: subscriber.close(), rules.COME_AND_GO),
    "sends malformed text": Conduct(lambda subscriber: subscriber.send("}{ rubbish ][")),
    "sends binary data": Conduct(lambda subscriber: subscriber.send(bytes(range(256)))),
    "sends a message over 64 KiB": Conduct(
        lambda subscriber: subscriber.send("x" * (64 * 1024 + 1))
    ),
    "loses the connection": Conduct(lambda subscriber: subscriber.lose_connection()),
    "stops reading": Conduct(lambda subscriber: subscriber.stop_reading()),
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
