"""Says goodbye before the web server stops."""

import asyncio
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Farewell = Callable[[], Awaitable[None]]
Handler = Callable[[int, FrameType | None], object]

_SIGNALS = [signal.SIGINT, signal.SIGTERM]
if sys.platform == "win32":
    _SIGNALS.append(signal.SIGBREAK)


@contextmanager
def before_stopping(farewell: Farewell) -> Iterator[None]:
    """Lets a stop signal run `farewell` first and then the web server's own handler.

    The web server would close WebSockets with a code of its own choice (uvicorn: 1012), and tells
    the app only afterwards. A second signal goes straight to the web server.
    """
    if threading.current_thread() is not threading.main_thread():  # only there are signals heard
        yield
        return
    goodbye = _Goodbye(farewell)
    goodbye.listen()
    try:
        yield
    finally:
        goodbye.leave()


class _Goodbye:
    def __init__(self, farewell: Farewell) -> None:
        self._farewell = farewell
        self._loop = asyncio.get_running_loop()
        self._handlers: dict[int, Handler] = {}
        self._task: asyncio.Task[None] | None = None

    def listen(self) -> None:
        for number in _SIGNALS:
            handler = signal.getsignal(number)
            if callable(handler):
                self._handlers[number] = handler
                signal.signal(number, self._on_signal)

    def leave(self) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.leave()
        self._loop.call_soon_threadsafe(self._start, number)

    def _start(self, number: int) -> None:
        self._task = self._loop.create_task(self._say(number))

    async def _say(self, number: int) -> None:
        try:
            await self._farewell()
        finally:
            self._handlers[number](number, None)
