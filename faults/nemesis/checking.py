"""Checks a whole history, and says what is wrong in sentences."""

import math

from driver import OrderStatus
from faults.nemesis import lives, streams
from faults.nemesis.history import History


def violations(history: History) -> list[str]:
    """All that cannot be, had the servers kept their promises; empty if nothing is wrong."""
    found = [*history.broken, *streams.contradictions(history)]
    heard = history.first_heard()
    ends = {order.reference: order.status for order in history.listings[0]}
    by_order = history.operations_by_order()
    for reference, operations in by_order.items():
        own = {status: heard.get((reference, status), math.inf) for status in OrderStatus}
        wrong = lives.contradictions(operations, own, ends.get(reference))
        found += [f"order {reference}: {each}" for each in wrong]
    unasked = [each for each in ends if each not in by_order]
    found += [f"order {each} is listed, and nobody placed it" for each in unasked]
    return found
