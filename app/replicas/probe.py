"""Looks, before a server starts, whether its engine is there."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.replicas.address import shown

_SECONDS = 3.0
_OLDEST = 7


def trouble_with(address: str) -> str | None:
    """What is wrong with the Redis at an address, in a sentence; None if nothing is."""
    where = shown(address)
    try:
        version = _version(address)
    except (RedisError, OSError, ValueError) as error:
        return f"no Redis can be used at {where} ({error}). Start it, or correct the address."
    if int(version.partition(".")[0]) < _OLDEST:
        return f"Redis {_OLDEST} or later is needed, and the one at {where} is {version}."
    return None


def _version(address: str) -> str:
    connection = Redis.from_url(
        address,
        socket_connect_timeout=_SECONDS,
        socket_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    with connection:
        return str(connection.info("server")["redis_version"])
