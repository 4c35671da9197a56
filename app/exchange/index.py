"""Finds positions of orders by symbol and status without looking at every order."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from itertools import product

from app.domain import OrderStatus


class PositionIndex:
    """One sorted list of positions for each combination of symbol and status."""

    def __init__(self) -> None:
        self._positions: defaultdict[tuple[str | None, OrderStatus | None], list[int]]
        self._positions = defaultdict(list)

    def add(self, position: int, symbol: str, status: OrderStatus) -> None:
        """Enters a new order."""
        for key in product((symbol, None), (status, None)):
            insort(self._positions[key], position)

    def move(self, position: int, symbol: str, old: OrderStatus, new: OrderStatus) -> None:
        """Enters an order's change of status."""
        for symbol_key in (symbol, None):
            left = self._positions[symbol_key, old]
            del left[bisect_left(left, position)]
            insort(self._positions[symbol_key, new], position)

    def count(self, status: OrderStatus) -> int:
        """How many orders have a status."""
        return len(self._positions.get((None, status), ()))

    def after(
        self, position: int, count: int, symbol: str | None, status: OrderStatus | None
    ) -> list[int]:
        """The next `count` positions; None as symbol or status means any."""
        positions = self._positions.get((symbol, status), [])
        start = bisect_right(positions, position)
        return positions[start : start + count]
