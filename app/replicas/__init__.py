"""State that several servers share, in Redis 7."""

from app.replicas.engine import Engine
from app.replicas.feed import RedisFeed
from app.replicas.store import RedisOrderStore

__all__ = ["Engine", "RedisFeed", "RedisOrderStore"]
