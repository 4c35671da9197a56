"""A typed client that speaks to any trading server that keeps the contract.

It returns what the server said, with the times of sending and receiving, and asserts nothing.
Errors are in `driver.errors`; spellings on the wire are in a `Contract` and nowhere else.
"""

from driver.contract import TRADING, Contract
from driver.errors import AnswerOverdue, ContractViolation, DriverError, ServerUnreachable
from driver.messages import (
    Action,
    Answer,
    Capability,
    Disconnection,
    DisconnectReason,
    Draft,
    Hello,
    InvalidField,
    LoggedRequest,
    Malformed,
    Order,
    OrderEvent,
    OrderPage,
    OrderStatus,
    Reason,
    ReceivedEvent,
    Rejection,
    Side,
    Unquoted,
    Unsupported,
)
from driver.orders import OrdersClient
from driver.port import Connect, RawSubscription, Subscription, TradingPort, Wire
from driver.recorder import EventRecorder
from driver.stream import EventStream

__all__ = [
    "TRADING",
    "Action",
    "Answer",
    "AnswerOverdue",
    "Capability",
    "Connect",
    "Contract",
    "ContractViolation",
    "DisconnectReason",
    "Disconnection",
    "Draft",
    "DriverError",
    "EventRecorder",
    "EventStream",
    "Hello",
    "InvalidField",
    "LoggedRequest",
    "Malformed",
    "Order",
    "OrderEvent",
    "OrderPage",
    "OrderStatus",
    "OrdersClient",
    "RawSubscription",
    "Reason",
    "ReceivedEvent",
    "Rejection",
    "ServerUnreachable",
    "Side",
    "Subscription",
    "TradingPort",
    "Unquoted",
    "Unsupported",
    "Wire",
]
