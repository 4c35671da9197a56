"""Records for tests, made up rather than measured."""

import random
from datetime import UTC, datetime

from perf.records import BurstRecord, OrderRecord

STARTED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def executed(
    number: int, *, sent: float = 0.0, answered: float = 1.0, delay: float = 1.0
) -> OrderRecord:
    """An order whose client and server agree to the microsecond, without any lag."""
    return OrderRecord(
        reference=f"order-{number}",
        order_id=f"id-{number}",
        sent=sent,
        answered=answered,
        pending_at=answered,
        executed_at=answered + delay,
        pending_occurred=answered,
        executed_occurred=answered + delay,
        findings=(),
    )


def unanswered(number: int, finding: str = "No answer arrived") -> OrderRecord:
    return OrderRecord(
        f"order-{number}", None, 0.0, None, None, None, None, None, findings=(finding,)
    )


def record_of(*orders: OrderRecord, stream_findings: tuple[str, ...] = ()) -> BurstRecord:
    return BurstRecord("http://127.0.0.1:8000", STARTED_AT, orders, stream_findings)


def random_record(orders: int, seed: int = 1) -> BurstRecord:
    """A record whose last order was not answered."""
    delays = random.Random(seed)
    placed = (
        executed(number, answered=delays.uniform(0.1, 1), delay=delays.uniform(0.1, 1))
        for number in range(1, orders)
    )
    return record_of(*placed, unanswered(orders))
