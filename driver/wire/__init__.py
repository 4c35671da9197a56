"""How the contract is spelled on the wire: every path, field name, code and status word.

Nothing else in the suite knows these spellings.
"""

from driver.wire.answers import (
    JSON,
    PROBLEM,
    read_frame,
    read_health,
    read_order,
    read_page,
    read_rejection,
    read_version,
)
from driver.wire.requests import (
    DOCUMENT,
    EVENTS,
    HEALTH,
    ORDERS,
    encode,
    events_path,
    listing_path,
    order_path,
)

__all__ = [
    "DOCUMENT",
    "EVENTS",
    "HEALTH",
    "JSON",
    "ORDERS",
    "PROBLEM",
    "encode",
    "events_path",
    "listing_path",
    "order_path",
    "read_frame",
    "read_health",
    "read_order",
    "read_page",
    "read_rejection",
    "read_version",
]
