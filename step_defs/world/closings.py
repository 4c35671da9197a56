"""Why a server ends a connection, in the words of the features, and how followers misbehave."""

from collections.abc import Callable
from dataclasses import dataclass

from driver import EventRecorder

Rudeness = Callable[[EventRecorder], None]

RUDENESS: dict[str, Rudeness] = {
    "sends rubbish": lambda recorder: recorder.send("}{ rubbish ]["),
    "sends binary rubbish": lambda recorder: recorder.send(bytes(range(256))),
    "sends a frame over 64 KiB": lambda recorder: recorder.send("x" * (64 * 1024 + 1)),
    "vanishes without a word": EventRecorder.vanish,
    "stops reading": EventRecorder.stop_reading,
}


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A closing code (RFC 6455, 7.4), and words one of which the reason must have."""

    code: int
    words: tuple[str, ...] = ()

    def says(self, reason: str) -> bool:
        """Whether the reason speaks of what it should."""
        return not self.words or any(word in reason.lower() for word in self.words)

    @property
    def spoken_of(self) -> str:
        """The words, for people."""
        return " or ".join(self.words) or "anything"


TURNED_AWAY = {
    "the place is not a whole number": TurnedAway(1008, ("number", "integer")),
    "the place lies ahead of the stream": TurnedAway(1008, ("ahead", "future", "beyond")),
    "the place reaches back too far": TurnedAway(1008, ("back", "history", "kept", "old")),
    "the server goes away": TurnedAway(1001),
}


def slow_consumer(last_sequence: int) -> TurnedAway:
    """How a follower is cut off that does not read, and is told from where to resume."""
    return TurnedAway(1013, (f"slow consumer, resume with since={last_sequence}",))
