"""Why a server disconnects a subscriber, as the features word it, and what subscribers may do."""

from collections.abc import Callable
from dataclasses import dataclass

from driver import EventRecorder

Conduct = Callable[[EventRecorder], None]

CONDUCT: dict[str, Conduct] = {
    "disconnects": EventRecorder.close,
    "sends malformed text": lambda recorder: recorder.send("}{ rubbish ]["),
    "sends binary data": lambda recorder: recorder.send(bytes(range(256))),
    "sends a message over 64 KiB": lambda recorder: recorder.send("x" * (64 * 1024 + 1)),
    "loses the connection": EventRecorder.vanish,
    "stops reading": EventRecorder.stop_reading,
}


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A close code (RFC 6455, 7.4), and words one of which the reason must have.

    `{last}` in a word stands for the number of the last event that was received.
    """

    code: int
    words: tuple[str, ...] = ()

    def says(self, reason: str, last_sequence: int) -> bool:
        """Whether the reason speaks of what it should."""
        words = [word.format(last=last_sequence) for word in self.words]
        return not words or any(word in reason.lower() for word in words)

    def __str__(self) -> str:
        return f"code {self.code} and a reason with: {' or '.join(self.words) or 'anything'}"


TURNED_AWAY = {
    "the sequence number is not a whole number": TurnedAway(
        1008, ("number", "integer", "numeric", "digit")
    ),
    "the sequence number is ahead of the stream": TurnedAway(
        1008, ("ahead", "future", "beyond", "latest")
    ),
    "the sequence number is no longer in the history": TurnedAway(
        1008, ("back", "before", "kept", "past", "old")
    ),
    "it is too slow, with the sequence number to resume from": TurnedAway(
        1013, ("slow consumer, resume with since={last}",)
    ),
    "the sequence number is invalid": TurnedAway(1008),
    "the server is shutting down": TurnedAway(1001),
}
