"""How answers and memory went over time, and whether they stayed flat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from perf.soak.traders import Call
from perf.summary import Distribution

_WARM_UP = 0.1  # of the whole
_MOST_GROWTH_OF_P99 = 1.5
# What is kept of an order and of its place in the indexes, with the allocator's share.
_MOST_BYTES_PER_ORDER = 2048


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the run: its end in seconds, its answers, the server's memory at its end.

    `p50` and `p99` are in seconds, `memory` in bytes, `orders` how many had been placed by then.
    """

    end: float
    answers: int
    p50: float
    p99: float
    memory: int
    orders: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The server's memory in bytes, and the orders so far, at a moment of `perf_counter`."""

    at: float
    memory: int
    orders: int


def windows(calls: Sequence[Call], readings: Sequence[Reading]) -> list[Window]:
    """One window between each two readings; those without an answer are left out."""
    return list(_windows(calls, readings))


def _windows(calls: Sequence[Call], readings: Sequence[Reading]) -> Iterator[Window]:
    begun = readings[0].at
    for before, after in pairwise(readings):
        within = (call.seconds for call in calls if before.at <= call.sent < after.at)
        if took := Distribution.of(within):
            end = after.at - begun
            yield Window(end, took.count, took.p50, took.p99, after.memory, after.orders)


def findings(course: Sequence[Window]) -> Iterator[str]:
    """What did not stay flat after the warm-up, in words."""
    warm = course[int(len(course) * _WARM_UP) :]
    third = max(1, len(warm) // 3)
    first, last = warm[:third], warm[-third:]
    early, late = (median(each.p99 for each in part) for part in (first, last))
    if late > early * _MOST_GROWTH_OF_P99:
        yield f"the slowest answers went from {early * 1e3:.1f} to {late * 1e3:.1f} ms (p99)"
    growth = bytes_per_order(warm)
    if growth > _MOST_BYTES_PER_ORDER:
        yield f"memory grew by {growth:,.0f} bytes for each order, more than is kept of one"


def bytes_per_order(course: Sequence[Window]) -> float:
    """How much memory grew for each order that was placed meanwhile."""
    first, last = course[0], course[-1]
    return (last.memory - first.memory) / max(1, last.orders - first.orders)
