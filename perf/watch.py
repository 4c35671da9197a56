"""Waiting as long as something happens, and telling how far it is."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_SECONDS_BETWEEN_REPORTS = 1.0


class Phase(StrEnum):
    """What a burst is waiting for."""

    CONNECTED = "connected"
    ANSWERED = "answered"
    EXECUTED = "executed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the orders have come through a phase."""

    phase: Phase
    done: int
    total: int


class Watch:
    """Waits for many things, as long as no more than `patience` seconds pass between them.

    `report` is called about once a second from the first wait on, with the progress, and must
    return quickly.
    """

    def __init__(self, patience: float, report: Callable[[Progress], None] | None) -> None:
        self.patience = patience
        self._report = report
        self._reported_at: float | None = None
        self._happened = asyncio.Event()

    def notice(self) -> None:
        """Something that is waited for has happened."""
        self._happened.set()

    async def until(self, phase: Phase, done: Callable[[], int], total: int) -> bool:
        """Waits until `total` are done; False if patience ends first."""
        while done() < total:
            self._happened.clear()
            self._tell(Progress(phase, done(), total))
            try:
                async with asyncio.timeout(self.patience):
                    await self._happened.wait()
            except TimeoutError:
                return False
        return True

    def _tell(self, progress: Progress) -> None:
        now = time.perf_counter()
        if self._reported_at is None:
            self._reported_at = now
        if self._report and now - self._reported_at >= _SECONDS_BETWEEN_REPORTS:
            self._reported_at = now
            self._report(progress)
