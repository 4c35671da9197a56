"""A typed client that speaks to any trading server that keeps the contract.

It returns what the server said, with the times of sending and receiving, and asserts nothing.
Errors are in `driver.errors`; spellings on the wire are in `driver.wire` and nowhere else.
"""

from driver.errors import AnswerOverdue, ContractViolation, DriverError, ServerUnreachable
from driver.messages import (
    Action,
    Answer,
    Closing,
    Draft,
    Exchange,
    Fault,
    Hello,
    Order,
    OrderEvent,
    OrderPage,
    OrderStatus,
    Reason,
    ReceivedEvent,
    Rejection,
    Side,
    Unquoted,
)
from driver.orders import OrdersClient
from driver.recorder import EventRecorder

__all__ = [
    "Action",
    "Answer",
    "AnswerOverdue",
    "Closing",
    "ContractViolation",
    "Draft",
    "DriverError",
    "EventRecorder",
    "Exchange",
    "Fault",
    "Hello",
    "Order",
    "OrderEvent",
    "OrderPage",
    "OrderStatus",
    "OrdersClient",
    "Reason",
    "ReceivedEvent",
    "Rejection",
    "ServerUnreachable",
    "Side",
    "Unquoted",
]
