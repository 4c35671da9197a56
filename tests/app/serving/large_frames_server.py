"""A server with event frames so large that a subscriber who does not read is soon noticed."""

from app.domain import StatusEvent
from app.edges.messages import serialise_event
from app.serving import serve
from app.settings import Settings
from app.wiring import Parts, create_app

FRAME_BYTES = 100_000


def serialise_padded(sequence: int, event: StatusEvent) -> str:
    return serialise_event(sequence, event).ljust(FRAME_BYTES)


if __name__ == "__main__":
    settings = Settings(delay_min=0, delay_max=0, history=0, subscriber_queue=20)
    serve(create_app(settings, Parts(serialise_event=serialise_padded)), "127.0.0.1", 0)
