from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cluster.engine import RedisServer
from cluster.programs import REDIS, lacking
from tests.app.keeping import InRedis, Keeping, in_memory
from tests.app.market import Market
from tests.app.virtual_clock import VirtualClock


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def market(clock: VirtualClock) -> Market:
    return Market(clock)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis for all tests, which share it without knowing of one another."""
    if lack := lacking([REDIS]):
        pytest.skip(lack)
    with TemporaryDirectory() as folder, RedisServer(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session", params=["memory", "redis"])
def keeping(request: pytest.FixtureRequest) -> Keeping:
    """Where the state lives: what is promised holds everywhere."""
    if request.param == "memory":
        return in_memory
    return InRedis(request.getfixturevalue("redis_server").address)
