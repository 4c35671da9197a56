"""Tells every subscriber of every status event, in one order."""

from app.feed.feed import Feed, UnknownPosition, require_known
from app.feed.memory import InMemoryFeed
from app.feed.subscription import Ending, Frame, Subscription

__all__ = [
    "Ending",
    "Feed",
    "Frame",
    "InMemoryFeed",
    "Subscription",
    "UnknownPosition",
    "require_known",
]
