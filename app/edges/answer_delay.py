"""Holds every answer under /orders back until its random delay is over."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.delays import Delay, Delays


def delay_of(request: Request) -> Delay:
    """The delay that began when the request arrived."""
    delay: Delay = request.state.delay
    return delay


class AnswerDelay:
    """Draws a delay for each request; no answer leaves before it, rejections included.

    Whoever has to act after the delay, but before the answer, waits for the same one. A subclass
    that delays other answers overrides `applies_to`, or serves `app` itself.
    """

    def __init__(self, app: ASGIApp, delays: Delays) -> None:
        self.app = app
        self.delays = delays

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection, as any ASGI app does."""
        if scope["type"] != "http" or not self.applies_to(scope["path"]):
            await self.app(scope, receive, send)
            return
        delay = self.delays.draw()
        scope.setdefault("state", {})["delay"] = delay

        async def send_after_delay(message: Message) -> None:
            await delay.over()
            await send(message)

        await self.app(scope, receive, send_after_delay)

    def applies_to(self, path: str) -> bool:
        """Whether requests for this path are delayed."""
        return path == "/orders" or path.startswith("/orders/")
