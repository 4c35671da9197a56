"""Places, cancels and executes orders, and keeps them."""

from app.exchange.exchange import Exchange
from app.exchange.memory import InMemoryOrderStore
from app.exchange.store import CallTimes, OrderFilter, OrderStore, Page, Publish
from app.exchange.takeover import Takeover

__all__ = [
    "CallTimes",
    "Exchange",
    "InMemoryOrderStore",
    "OrderFilter",
    "OrderStore",
    "Page",
    "Publish",
    "Takeover",
]
