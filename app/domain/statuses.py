"""Sides, statuses and which status may follow which."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Side(StrEnum):
    """Whether an order buys or sells the first currency of its pair."""

    BUY = "BUY"
    SELL = "SELL"


class OrderStatus(StrEnum):
    """Where an order stands; EXECUTED and CANCELLED are final."""

    PENDING = "PENDING"
    EXECUTED = "EXECUTED"
    CANCELLED = "CANCELLED"


TRANSITIONS: Mapping[OrderStatus | None, frozenset[OrderStatus]] = MappingProxyType(
    {
        None: frozenset({OrderStatus.PENDING}),
        OrderStatus.PENDING: frozenset({OrderStatus.EXECUTED, OrderStatus.CANCELLED}),
        OrderStatus.EXECUTED: frozenset(),
        OrderStatus.CANCELLED: frozenset(),
    }
)
"""The statuses that may follow each status; None stands for an order not yet assigned one."""


class IllegalTransition(Exception):
    """A status was to be assigned that may not follow the present one: a defect."""

    def __init__(self, present: OrderStatus | None, wanted: OrderStatus) -> None:
        super().__init__(f"{wanted} may not follow {present}")
