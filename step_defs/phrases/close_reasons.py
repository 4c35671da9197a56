"""Why a server disconnects a subscriber, as the features word it, and what subscribers may do."""

from collections.abc import Callable

from driver import DisconnectReason, RawSubscription

Conduct = Callable[[RawSubscription], None]

CONDUCT: dict[str, Conduct] = {
    "disconnects": lambda subscriber: subscriber.close(),
    "sends malformed text": lambda subscriber: subscriber.send("}{ rubbish ]["),
    "sends binary data": lambda subscriber: subscriber.send(bytes(range(256))),
    "sends a message over 64 KiB": lambda subscriber: subscriber.send("x" * (64 * 1024 + 1)),
    "loses the connection": lambda subscriber: subscriber.vanish(),
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
