"""Servers that take the wrong time."""

import asyncio
import random
from contextvars import ContextVar
from typing import Any, ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.delays import Delay, Delays
from app.domain import Order
from app.edges.answer_delay import AnswerDelay
from app.exchange import Exchange
from app.wiring import Parts
from faults.fault import EXECUTED, LINES, TIMES, Fault, ScenarioSet


class _NoDelay(Delays):
    def seconds(self) -> float:
        return 0


class _TwiceAsLong(Delays):
    def seconds(self) -> float:
        return 2 * super().seconds()


class _TenPercentTooLong(Delays):
    def seconds(self) -> float:
        return 1.1 * super().seconds()


class _FivePercentTooLong(Delays):
    def seconds(self) -> float:
        return 1.05 * super().seconds()


class _OneInThirtyLate(Delays):
    def seconds(self) -> float:
        is_late = random.random() < 1 / 30  # noqa: S311 - simulates, does not protect
        return 1.5 * self.maximum if is_late else super().seconds()


class _AlwaysTheSame(Delays):
    def seconds(self) -> float:
        return (self.minimum + self.maximum) / 2


class _OneDrawForEachRequest(Delays):
    """Draws once while a request is served: its order is executed after the answer's own delay."""

    def __init__(self, minimum: float, maximum: float, **options: Any) -> None:
        super().__init__(minimum, maximum, **options)
        self._of_request: ContextVar[float] = ContextVar("seconds")

    def seconds(self) -> float:
        seconds = self._of_request.get(None)
        if seconds is None:
            seconds = super().seconds()
            self._of_request.set(seconds)
        return seconds


class _SomeUndelayed(AnswerDelay):
    """Ends the delay of some answers just before they leave."""

    def __init__(self, app: ASGIApp, delays: Delays) -> None:
        async def hastened(scope: Scope, receive: Receive, send: Send) -> None:
            async def hasten(message: Message) -> None:
                if "delay" in scope.get("state", {}) and self.is_hasty(scope, message):
                    scope["state"]["delay"].end()
                await send(message)

            await app(scope, receive, hasten)

        super().__init__(hastened, delays)

    def is_hasty(self, scope: Scope, message: Message) -> bool:
        raise NotImplementedError


class _RejectionsUndelayed(_SomeUndelayed):
    def is_hasty(self, scope: Scope, message: Message) -> bool:  # noqa: ARG002 - all rejections
        return int(message.get("status", 0)) >= 400  # noqa: PLR2004 - RFC 9110


class _ListsUndelayed(AnswerDelay):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (scope.get("method"), scope["path"]) == ("GET", "/orders"):
            scope["state"] = {**scope.get("state", {}), "delay": _ended(self.delays.draw())}
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class _HealthDelayed(AnswerDelay):
    def applies_to(self, path: str) -> bool:
        return path == "/healthz" or super().applies_to(path)


class _OneAfterTheOther(AnswerDelay):
    def __init__(self, app: ASGIApp, delays: Delays) -> None:
        super().__init__(app, delays)
        self._turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.applies_to(scope["path"]):
            await self.app(scope, receive, send)
            return
        async with self._turn:
            await super().__call__(scope, receive, send)


class _ExecutesAtOnce(Exchange):
    async def execute(self, order: Order, delay: Delay) -> None:
        await super().execute(order, _ended(delay))


class _ExecutesOneAfterTheOther(Exchange):
    _turn: ClassVar[asyncio.Lock] = asyncio.Lock()

    async def execute(self, order: Order, delay: Delay) -> None:  # noqa: ARG002 - drawn in turn
        async with self._turn:
            await super().execute(order, self.delays.draw())


def _with_execution_delays(kind: type[Delays]) -> Parts:
    """A server whose executions, but not its answers, take delays of another kind."""

    class _OtherDelays(Exchange):
        async def execute(self, order: Order, delay: Delay) -> None:  # noqa: ARG002 - redrawn
            other = kind(self.delays.minimum, self.delays.maximum, clock=self.delays.clock)
            await super().execute(order, other.draw())

    return Parts(exchange=_OtherDelays)


def _ended(delay: Delay) -> Delay:
    delay.end()
    return delay


def _times(
    name: str,
    breaks: str,
    about: tuple[str, ...],
    rule: str,
    parts: Parts,
    *,
    selection: ScenarioSet = TIMES,
) -> Fault:
    scenarios = tuple(f"response_times: {each}" for each in about)
    return Fault(name, breaks, scenarios, rule, parts, selection=selection)


_SIMULTANEOUS = "<count> simultaneous requests to <request> are each delayed"
_IN_TIME = ("performance: 100 simultaneous orders are executed in time",)
_EXECUTED = ("Simultaneous orders are each executed after a random delay",)
_EXECUTIONS = tuple(f"response_times: {each}" for each in _EXECUTED)

FAULTS = (
    _times(
        "no-delays",
        "Each answer takes a random delay.",
        (_SIMULTANEOUS,),
        "Response times: Every response takes between",
        Parts(delays=_NoDelay),
    ),
    _times(
        "delays-twice-as-long",
        "No delay is longer than promised.",
        (_SIMULTANEOUS,),
        "Response times: Every response takes between",
        Parts(delays=_TwiceAsLong),
    ),
    Fault(
        "delays-ten-percent-too-long",
        "No delay is longer than promised, not even by a tenth.",
        (*_IN_TIME, *_EXECUTIONS),
        "Performance: 100 simultaneous orders are all executed",
        Parts(delays=_TenPercentTooLong),
        selection=EXECUTED,
    ),
    Fault(
        "delays-five-percent-too-long",
        "No delay is longer than promised, not even by a twentieth.",
        (*_IN_TIME, *_EXECUTIONS),
        "Performance: 100 simultaneous orders are all executed",
        Parts(delays=_FivePercentTooLong),
        selection=EXECUTED,
    ),
    Fault(
        "one-execution-in-thirty-late",
        "No execution takes longer than promised.",
        (*_IN_TIME, *_EXECUTIONS),
        "Performance: 100 simultaneous orders are all executed",
        _with_execution_delays(_OneInThirtyLate),
        selection=EXECUTED,
    ),
    _times(
        "execution-delay-is-the-answers",
        "The execution delay is a draw of its own, independent of the answer's.",
        _EXECUTED,
        "Response times: An order is executed between",
        Parts(delays=_OneDrawForEachRequest),
    ),
    _times(
        "delays-all-the-same",
        "Delays are drawn at random.",
        (_SIMULTANEOUS,),
        "Response times: Every response takes between",
        Parts(delays=_AlwaysTheSame),
    ),
    _times(
        "lists-undelayed",
        "Each endpoint under /orders answers after a delay.",
        (f"{_SIMULTANEOUS} … request=list orders",),
        "Response times: Every response takes between",
        Parts(answer_delay=_ListsUndelayed),
    ),
    _times(
        "rejections-undelayed",
        "Rejections are delayed as well.",
        (f"{_SIMULTANEOUS} … request=place an invalid order",),
        "Response times: Every response takes between",
        Parts(answer_delay=_RejectionsUndelayed),
    ),
    _times(
        "health-delayed",
        "The health check is never delayed.",
        ("The health check passes immediately",),
        "Response times: The health check passes immediately",
        Parts(answer_delay=_HealthDelayed),
    ),
    _times(
        "requests-in-line",
        "Requests are served in parallel.",
        (_SIMULTANEOUS,),
        "Response times: Requests are served in parallel",
        Parts(answer_delay=_OneAfterTheOther),
        selection=LINES,
    ),
    _times(
        "executed-at-once",
        "An order is executed after a delay.",
        _EXECUTED,
        "Response times: An order is executed between",
        Parts(exchange=_ExecutesAtOnce),
    ),
    _times(
        "executed-one-after-the-other",
        "Orders are executed in parallel.",
        _EXECUTED,
        "Performance: 100 simultaneous orders are all executed",
        Parts(exchange=_ExecutesOneAfterTheOther),
    ),
    _times(
        "execution-delays-all-the-same",
        "The execution delay is drawn at random.",
        _EXECUTED,
        "Response times: An order is executed between",
        _with_execution_delays(_AlwaysTheSame),
    ),
)
