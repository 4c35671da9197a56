"""Servers whose delays, of answers or of all, are not those that are promised."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.delays import Delay, Delays
from app.edges.answer_delay import AnswerDelay
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


class AlwaysTheSame(Delays):
    """Draws nothing."""

    def seconds(self) -> float:
        """The middle of the range."""
        return (self.minimum + self.maximum) / 2


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
            scope["state"] = {**scope.get("state", {}), "delay": ended(self.delays.draw())}
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


def ended(delay: Delay) -> Delay:
    """The delay, which is over now."""
    delay.end()
    return delay


def timed(
    name: str,
    breaks: str,
    about: tuple[str, ...],
    rule: str,
    parts: Parts,
    *,
    selection: ScenarioSet = TIMES,
) -> Fault:
    """A fault of time; `about` are scenarios of response_times."""
    scenarios = tuple(f"response_times: {each}" for each in about)
    return Fault(name, breaks, scenarios, rule, parts, selection=selection)


_SIMULTANEOUS = "<count> simultaneous requests to <request> are each delayed"
IN_TIME = ("performance: 100 simultaneous orders are executed in time",)
EXECUTED_AT_RANDOM = ("Simultaneous orders are each executed after a random delay",)
EXECUTIONS = tuple(f"response_times: {each}" for each in EXECUTED_AT_RANDOM)

FAULTS = (
    timed(
        "no-delays",
        "Each answer takes a random delay.",
        (_SIMULTANEOUS,),
        "Response times: Every response takes between",
        Parts(delays=_NoDelay),
    ),
    timed(
        "delays-twice-as-long",
        "No delay is longer than promised.",
        (_SIMULTANEOUS,),
        "Response times: Every response takes between",
        Parts(delays=_TwiceAsLong),
    ),
    Fault(
        "delays-ten-percent-too-long",
        "No delay is longer than promised, not even by a tenth.",
        (*IN_TIME, *EXECUTIONS),
        "Performance: 100 simultaneous orders are all executed",
        Parts(delays=_TenPercentTooLong),
        selection=EXECUTED,
    ),
    Fault(
        "delays-five-percent-too-long",
        "No delay is longer than promised, not even by a twentieth.",
        (*IN_TIME, *EXECUTIONS),
        "Performance: 100 simultaneous orders are all executed",
        Parts(delays=_FivePercentTooLong),
        selection=EXECUTED,
    ),
    timed(
        "delays-all-the-same",
        "Delays are drawn at random.",
        (_SIMULTANEOUS,),
        "Response times: Every response takes between",
        Parts(delays=AlwaysTheSame),
    ),
    timed(
        "lists-undelayed",
        "Each endpoint under /orders answers after a delay.",
        (f"{_SIMULTANEOUS} … request=list orders",),
        "Response times: Every response takes between",
        Parts(answer_delay=_ListsUndelayed),
    ),
    timed(
        "rejections-undelayed",
        "Rejections are delayed as well.",
        (f"{_SIMULTANEOUS} … request=place an invalid order",),
        "Response times: Every response takes between",
        Parts(answer_delay=_RejectionsUndelayed),
    ),
    timed(
        "health-delayed",
        "The health check is never delayed.",
        ("The health check passes immediately",),
        "Response times: The health check passes immediately",
        Parts(answer_delay=_HealthDelayed),
    ),
    timed(
        "requests-in-line",
        "Requests are served in parallel.",
        (_SIMULTANEOUS,),
        "Response times: Requests are served in parallel",
        Parts(answer_delay=_OneAfterTheOther),
        selection=LINES,
    ),
)
