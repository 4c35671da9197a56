"""Servers whose executions take the wrong time."""

import asyncio
import random
from contextvars import ContextVar
from typing import Any, ClassVar

from app.delays import Delay, Delays
from app.domain import Order
from app.exchange import Exchange
from app.wiring import Parts
from faults.fault import EXECUTED, Fault
from faults.servers.timing import (
    EXECUTED_AT_RANDOM,
    EXECUTIONS,
    IN_TIME,
    AlwaysTheSame,
    ended,
    timed,
)


class _OneInThirtyLate(Delays):
    def seconds(self) -> float:
        is_late = random.random() < 1 / 30  # noqa: S311 - simulates, does not protect
        return 1.5 * self.maximum if is_late else super().seconds()


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


class _ExecutesAtOnce(Exchange):
    async def execute(self, order: Order, delay: Delay) -> None:
        await super().execute(order, ended(delay))


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


FAULTS = (
    Fault(
        "one-execution-in-thirty-late",
        "No execution takes longer than promised.",
        (*IN_TIME, *EXECUTIONS),
        "Performance: 100 simultaneous orders are all executed",
        _with_execution_delays(_OneInThirtyLate),
        selection=EXECUTED,
    ),
    timed(
        "execution-delay-is-the-answers",
        "The execution delay is a draw of its own, independent of the answer's.",
        EXECUTED_AT_RANDOM,
        "Response times: An order is executed between",
        Parts(delays=_OneDrawForEachRequest),
    ),
    timed(
        "executed-at-once",
        "An order is executed after a delay.",
        EXECUTED_AT_RANDOM,
        "Response times: An order is executed between",
        Parts(exchange=_ExecutesAtOnce),
    ),
    timed(
        "executed-one-after-the-other",
        "Orders are executed in parallel.",
        EXECUTED_AT_RANDOM,
        "Performance: 100 simultaneous orders are all executed",
        Parts(exchange=_ExecutesOneAfterTheOther),
    ),
    timed(
        "execution-delays-all-the-same",
        "The execution delay is drawn at random.",
        EXECUTED_AT_RANDOM,
        "Response times: An order is executed between",
        _with_execution_delays(AlwaysTheSame),
    ),
)
