"""A typed client that speaks to any trading server that keeps the contract.

It returns what the server said, with the times of sending and receiving, and asserts nothing.
Errors are in `driver.errors`; spellings on the wire are in a `Contract` and nowhere else.
"""

from driver.contract import Contract
from driver.credentials import API_KEY, api_key
from driver.dialects import TRADING, DialectWrong, chosen_contract, read_contract
from driver.errors import (
    AnswerOverdue,
    ApiKeyNeeded,
    ContractViolation,
    DriverError,
    InvalidApiKey,
    NotOffered,
    Part,
    ServerUnreachable,
)
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
    OTHER_SITE,
    Action,
    Capability,
    Complaint,
    DisconnectReason,
    Document,
    Malformed,
    Means,
    OrderStatus,
    Reason,
    Side,
    Stranger,
    Through,
    Unsupported,
)

__all__ = [
    "API_KEY",
    "OTHER_SITE",
    "TRADING",
    "Action",
    "Answer",
    "AnswerOverdue",
    "ApiKeyNeeded",
    "Capability",
    "Complaint",
    "Connect",
    "Contract",
    "ContractViolation",
    "DialectWrong",
    "DisconnectReason",
    "Disconnection",
    "Document",
    "Draft",
    "DriverError",
    "EventRecorder",
    "EventStream",
    "Hello",
    "InvalidApiKey",
    "InvalidField",
    "Life",
    "LoggedRequest",
    "Malformed",
    "Means",
    "NotOffered",
    "Order",
    "OrderEvent",
    "OrderPage",
    "OrderStatus",
    "OrdersClient",
    "Part",
    "RawSubscription",
    "Reason",
    "ReceivedEvent",
    "Rejection",
    "ServerUnreachable",
    "Side",
    "Stranger",
    "Subscription",
    "Through",
    "TradingPort",
    "Unquoted",
    "Unsupported",
    "Wire",
    "api_key",
    "chosen_contract",
    "read_contract",
]
