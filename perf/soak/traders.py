"""Traders who place, view, cancel and list, at a steady pace."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import aiohttp

from driver import Contract, ContractViolation, Order, Reason, Rejection
from driver.contract import HttpAnswer, HttpRequest
from perf.exchange import exchange
from perf.placing import client_session, endless_drafts


@dataclass(frozen=True, slots=True)
class Call:
    """One request: when it was sent, on the clock of `perf_counter`, and how long it took."""

    sent: float
    seconds: float


class Traders:
    """So many traders, each with an order and a further request, then a pause (in seconds).

    `accepted` are the IDs of their orders, `findings` what was wrong with answers and how often.
    """

    def __init__(self, base_url: str, contract: Contract, count: int, pause: float) -> None:
        self.calls: list[Call] = []
        self.accepted: list[str] = []
        self.findings: Counter[str] = Counter()
        self._base_url = base_url
        self._contract = contract
        self._drafts = endless_drafts(contract)
        self._count = count
        self._pause = pause

    async def trade(self, stop: asyncio.Event) -> None:
        """Trades until `stop` is set."""
        async with client_session() as session:
            await asyncio.gather(*(self._trade(session, stop) for _ in range(self._count)))

    async def _trade(self, session: aiohttp.ClientSession, stop: asyncio.Event) -> None:
        for further in itertools.cycle((self._view, self._cancel, self._list)):
            await self._place(session)
            await further(session, self.accepted[-1] if self.accepted else "")
            try:
                await asyncio.wait_for(stop.wait(), self._pause)
            except TimeoutError:
                continue
            return

    async def _place(self, session: aiohttp.ClientSession) -> None:
        request = self._contract.requests.place(next(self._drafts))
        outcome = await self._ask(session, request, self._contract.answers.placed)
        if isinstance(outcome, Order):
            self.accepted.append(outcome.order_id)

    async def _view(self, session: aiohttp.ClientSession, order_id: str) -> None:
        answers = self._contract.answers
        await self._ask(session, self._contract.requests.view(order_id), answers.viewed)

    async def _cancel(self, session: aiohttp.ClientSession, order_id: str) -> None:
        await self._ask(
            session,
            self._contract.requests.cancel(order_id),
            lambda answer: self._contract.answers.cancelled(answer, order_id),
            {Reason.TOO_LATE_TO_CANCEL, Reason.ALREADY_CANCELLED, Reason.CANCEL_PENDING},
        )

    async def _list(self, session: aiohttp.ClientSession, _: str) -> None:
        answers = self._contract.answers
        await self._ask(session, self._contract.requests.list({"limit": "20"}), answers.listed)

    async def _ask(
        self,
        session: aiohttp.ClientSession,
        request: HttpRequest,
        read: Callable[[HttpAnswer], object],
        allowed: frozenset[Reason] | set[Reason] = frozenset(),
    ) -> object:
        sent = time.perf_counter()
        try:
            answer = await exchange(session, self._base_url, request, request.body)
            self.calls.append(Call(sent, time.perf_counter() - sent))
            outcome = read(answer)
        except (aiohttp.ClientError, OSError, ContractViolation) as error:
            self.findings[f"{request.method}: {error}"] += 1
            return None
        if isinstance(outcome, Rejection) and outcome.reason not in allowed:
            self.findings[f"{request.method}: rejected for {outcome.reason}"] += 1
        return outcome

    def told(self) -> Iterator[str]:
        """The findings, each once."""
        for finding, count in self.findings.items():
            yield f"{finding} ({count} times)"
