"""Ends the lives of orders whose server died."""

import asyncio

from app.domain import StoreUnavailable
from app.exchange.exchange import Exchange

_INTERVAL = 0.25


class Takeover:
    """Looks for overdue orders again and again; every server of a shared store does."""

    def __init__(self, exchange: Exchange) -> None:
        self.taken_over = 0
        """How many orders this server ended in the place of another."""
        self._exchange = exchange

    async def run(self) -> None:
        """Never returns."""
        while True:
            await asyncio.sleep(_INTERVAL)
            try:
                await self.sweep()
            except StoreUnavailable:
                continue  # and look again when the store is back

    async def sweep(self) -> None:
        """Takes over what is overdue now."""
        for order in await self._exchange.store.overdue():
            if await self._exchange.take_over(order):
                self.taken_over += 1
