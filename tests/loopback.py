"""Small trading servers on the loopback, each in a thread of the test."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol


class Server(Protocol):
    """A server that can be run: it sets `ready` when it listens, and returns when stopped."""

    async def serve(self, ready: threading.Event) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def in_a_thread(server: Server) -> Iterator[None]:
    """Runs the server as long as it is needed."""
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(ready)), daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        server.stop()
        thread.join()


def now() -> str:
    """This moment as the contract spells it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
