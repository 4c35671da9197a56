"""Orders on their way: lined up with open connections, sent together, answered one by one."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Self

import aiohttp

from driver import Contract, Draft, Order, ServerUnreachable
from driver.contract import HttpAnswer
from perf.checks import read_answer
from perf.connections import GatedBody, StartingGate
from perf.exchange import exchange
from perf.watch import Phase, Watch

# A server holds only so many connections that it has not yet accepted (uvicorn: 2048).
_CONNECTIONS_AT_ONCE = 128


class Attempt:
    """One order and what has come of placing it until now.

    `answered_at` is a time of `time.perf_counter`; `order` is what the answer shows.
    """

    def __init__(
        self, contract: Contract, draft: Draft, gate: StartingGate, settled: Callable[[], None]
    ) -> None:
        self._contract = contract
        self._draft = draft
        self.reference = str(draft["reference"])
        self._request = contract.requests.place(draft)
        self.body = GatedBody(self._request.body or b"", gate)
        self._settled = settled
        self._answer: HttpAnswer | None = None
        self.answered_at: float | None = None
        self.order: Order | None = None
        self.findings: tuple[str, ...] = ("No answer arrived",)

    async def place(self, session: aiohttp.ClientSession, base_url: str) -> None:
        """Connects, waits for the start signal, sends the order and keeps the answer."""
        try:
            self._answer = await exchange(session, base_url, self._request, self.body)
        except (aiohttp.ClientError, OSError) as error:
            cause = str(error) or type(error).__name__
            self.findings = (f"The connection broke before the answer ({cause})",)
        else:
            self.answered_at = self.body.clock.read_at
        finally:
            self._settled()

    def judge(self) -> None:
        """Reads the answer, which would have kept others waiting while they were on their way."""
        if self._answer is not None:
            self.order, self.findings = read_answer(self._contract, self._draft, self._answer)


class LineUp:
    """The orders of a burst, each on a connection of its own."""

    def __init__(
        self, base_url: str, contract: Contract, drafts: Sequence[Draft], watch: Watch
    ) -> None:
        self._base_url = base_url
        self._watch = watch
        self._gate = StartingGate(watch.notice)
        self._settled = 0
        self._tasks: list[asyncio.Task[None]] = []
        self.attempts = [Attempt(contract, draft, self._gate, self._settle) for draft in drafts]

    async def connect(self, session: aiohttp.ClientSession) -> None:
        """Opens the connections, a batch at a time; raises ServerUnreachable if one fails."""
        total = len(self.attempts)
        for start in range(0, total, _CONNECTIONS_AT_ONCE):
            batch = self.attempts[start : start + _CONNECTIONS_AT_ONCE]
            self._tasks += [
                asyncio.create_task(attempt.place(session, self._base_url)) for attempt in batch
            ]
            await self._watch.until(Phase.CONNECTED, self._arrived_or_failed, len(self._tasks))
            if self._gate.waiting < len(self._tasks):
                cause = f"it took {self._gate.waiting} of {total} connections"
                raise ServerUnreachable(self._base_url, cause)

    async def send(self) -> None:
        """Gives the start signal."""
        await self._gate.open()

    async def answers(self) -> None:
        """Waits for the answers; those that do not come are left out."""
        await self._watch.until(Phase.ANSWERED, lambda: self._settled, len(self.attempts))
        for attempt in self.attempts:
            attempt.judge()

    def _arrived_or_failed(self) -> int:
        return self._gate.waiting + self._settled

    def _settle(self) -> None:
        self._settled += 1
        self._watch.notice()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
