"""Scenarios that run while no other test runs, in whichever process: those tagged @alone.

With xdist, every test holds one lock together with the others, and an @alone scenario holds it
for itself. The system takes the lock from a process that dies, so that nobody waits for the dead.
The lock is taken as the first fixture, hence waiting counts as preparation.
"""

from collections.abc import Iterator

import pytest
from filelock import ReadWriteLock, Timeout

from bdd.tags import ALONE


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the patience of waiting tests to pytest.ini."""
    help_ = "seconds that a test waits for an @alone scenario, and it for the others"
    parser.addini("bdd_alone_timeout", help_, type="int", default=300)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Puts @alone scenarios last, when the other processes run out of work anyway."""
    yield
    items.sort(key=_is_alone)


@pytest.fixture(scope="session")
def _shared_lock(tmp_path_factory: pytest.TempPathFactory) -> ReadWriteLock:
    return ReadWriteLock(tmp_path_factory.getbasetemp().parent / "alone.lock")


@pytest.fixture(autouse=True)
def _apart_from_others(request: pytest.FixtureRequest) -> Iterator[None]:
    if not hasattr(request.config, "workerinput"):
        yield
        return
    lock = request.getfixturevalue("_shared_lock")
    seconds = request.config.getini("bdd_alone_timeout")
    acquire = lock.acquire_write if _is_alone(request.node) else lock.acquire_read
    try:
        held = acquire(timeout=seconds)
    except Timeout:
        pytest.fail(f"waited {seconds} s for other tests to make room", pytrace=False)
    with held:
        yield


def _is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker(ALONE) is not None
