"""Doing things at the same time."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """Makes all calls at the same moment, each in a thread of its own; results in their order."""
    if len(calls) == 1:
        return [calls[0]()]
    start = threading.Barrier(len(calls))

    def make(call: Callable[[], T]) -> T:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(make, calls))


def spread_over(seconds: float, calls: Sequence[Callable[[], T]]) -> list[T]:
    """Makes the calls evenly over the next `seconds`, none waiting for another's result."""
    gap = seconds / len(calls)

    def make(at: float, call: Callable[[], T]) -> T:
        time.sleep(at)  # the moment is the point: nothing is waited for
        return call()

    return at_once(
        [
            lambda at=number * gap, call=call: make(at, call)  # type: ignore[misc]
            for number, call in enumerate(calls)
        ]
    )
