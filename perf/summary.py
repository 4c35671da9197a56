"""The statistics of a burst: pure functions of its record."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from perf.records import BurstRecord, OrderRecord, Outcome


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a quantity is spread, in seconds.

    `deviation` is the sample standard deviation (n - 1), 0 for a single value. Percentiles are
    interpolated linearly between the closest ranks (Hyndman and Fan 1996, definition 7).
    """

    count: int
    mean: float
    deviation: float
    least: float
    p50: float
    p90: float
    p99: float
    greatest: float

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Self | None:
        """The distribution of the values that are there; None if none is."""
        ordered = sorted(value for value in values if value is not None)
        if not ordered:
            return None
        return cls(
            count=len(ordered),
            mean=statistics.fmean(ordered),
            deviation=statistics.stdev(ordered) if len(ordered) > 1 else 0.0,
            least=ordered[0],
            p50=_percentile(ordered, 50),
            p90=_percentile(ordered, 90),
            p99=_percentile(ordered, 99),
            greatest=ordered[-1],
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a burst showed. Times are in seconds; a figure is None if nothing was there to measure.

    `send_window` is from the first order's leaving to the last one's. `orders_per_second` counts
    executed orders from the start signal to the last EXECUTED event. `measuring_error` is, per
    order, the measured execution delay less the one of the server's own record.
    """

    placed: int
    accepted: int
    executed: int
    lost: int
    rejected: int
    unanswered: int
    send_window: float | None
    orders_per_second: float | None
    answer_time: Distribution | None
    execution_delay: Distribution | None
    server_delay: Distribution | None
    event_lag: Distribution | None
    measuring_error: Distribution | None


def summarise(record: BurstRecord) -> Summary:
    """The figures of a burst."""
    orders = record.orders
    outcomes = Counter(order.outcome for order in orders)
    sent = [order.sent for order in orders if order.sent is not None]
    return Summary(
        placed=len(orders),
        accepted=sum(order.order_id is not None for order in orders),
        executed=outcomes[Outcome.EXECUTED],
        lost=outcomes[Outcome.LOST],
        rejected=outcomes[Outcome.REJECTED],
        unanswered=outcomes[Outcome.UNANSWERED],
        send_window=max(sent) - min(sent) if sent else None,
        orders_per_second=_orders_per_second(orders),
        answer_time=Distribution.of(order.answer_time for order in orders),
        execution_delay=Distribution.of(order.execution_delay for order in orders),
        server_delay=Distribution.of(order.server_delay for order in orders),
        event_lag=Distribution.of(
            lag for order in orders for lag in (order.pending_lag, order.executed_lag)
        ),
        measuring_error=Distribution.of(order.measuring_error for order in orders),
    )


def _orders_per_second(orders: Sequence[OrderRecord]) -> float | None:
    executed = [order.executed_at for order in orders if order.outcome is Outcome.EXECUTED]
    ends = [moment for moment in executed if moment is not None]
    return len(ends) / max(ends) if ends else None


def _percentile(ordered: Sequence[float], percent: int) -> float:
    position = (len(ordered) - 1) * percent / 100
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
