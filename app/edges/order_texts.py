"""Each order as JSON, made once for each of its statuses."""

from app.domain import Order
from app.edges.messages import order_json

_KEPT = 20_000


class OrderTexts:
    """Keeps the JSON of the latest `kept` orders that were shown (some 600 bytes each)."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._most = kept
        self._kept: dict[str, tuple[Order, bytes]] = {}

    def of(self, order: Order) -> bytes:
        """The order as every answer shows it."""
        kept = self._kept.get(order.order_id)
        # Orders never change: a store that keeps them hands out the same object again.
        if kept is not None and kept[0] is order:
            return kept[1]
        if len(self._kept) >= self._most:
            self._kept.clear()
        text = order_json(order)
        self._kept[order.order_id] = order, text
        return text
