"""A typed client that speaks to any trading server that keeps the contract.

It returns what the server said, with the times of sending and receiving, and asserts nothing.
Errors are in `driver.errors`; spellings on the wire are in a `Contract` and nowhere else.
"""

from driver.contract import TRADING, Contract
from driver.errors import AnswerOverdue, ContractViolation, DriverError, ServerUnreachable
from driver.lives import Life
from driver.messages import (
    Answer,
    Disconnection,
    Draft,
    Hello,
    InvalidField,
    LoggedRequest,
    Order,
    OrderEvent,
    OrderPage,
    ReceivedEvent,
    Rejection,
    Unquoted,
)
from driver.orders import OrdersClient
from driver.port import Connect, RawSubscription, Subscription, TradingPort, Wire
from driver.recorder import EventRecorder
from driver.stream import EventStream
from driver.vocabulary import (
    Action,
    Capability,
    DisconnectReason,
    Malformed,
    OrderStatus,
    Reason,
    Side,
    Unsupported,
)

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
    "Life",
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
