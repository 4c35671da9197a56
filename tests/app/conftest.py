import pytest

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
