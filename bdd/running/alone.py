"""Scenarios that run while no other test runs, in whichever process: those tagged @alone.

With xdist, every test holds one lock together with the others, and an @alone scenario holds it
for itself. The system takes the lock from a process that dies, so that nobody waits for the dead.
The lock is taken as the first fixture, hence waiting counts as preparation.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest
from filelock import ReadWriteLock, Timeout

from bdd.borrowed.xdist import is_worker
from bdd.language.tags import ALONE

SECONDS_BETWEEN_TRIES = 0.1


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the patience of waiting tests to pytest.ini."""
    help_ = "seconds that a test waits for an @alone scenario, and it for the others"
    parser.addini("bdd_alone_timeout", help_, type="int", default=600)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Puts @alone scenarios last, when the other processes run out of work anyway."""
    yield
    items.sort(key=is_alone)


@pytest.fixture(scope="session")
def _shared_lock(tmp_path_factory: pytest.TempPathFactory) -> ReadWriteLock:
    return ReadWriteLock(tmp_path_factory.getbasetemp().parent / "alone.lock")


@pytest.fixture(autouse=True)
def _apart_from_others(request: pytest.FixtureRequest) -> Iterator[None]:
    if not is_worker(request.config):
        yield
        return
    lock = request.getfixturevalue("_shared_lock")
    seconds = request.config.getini("bdd_alone_timeout")
    acquire = _acquire_alone if is_alone(request.node) else _acquire_with_others
    try:
        held = acquire(lock, seconds)
    except Timeout:
        pytest.fail(f"waited {seconds} s for other tests to make room", pytrace=False)
    with held:
        yield


def _acquire_with_others(lock: ReadWriteLock, seconds: float) -> AbstractContextManager[object]:
    return lock.acquire_read(timeout=seconds)


def _acquire_alone(lock: ReadWriteLock, seconds: float) -> AbstractContextManager[object]:
    # Poll: a blocking write lock would keep new readers out until the slowest one has left.
    until = time.monotonic() + seconds
    while True:
        try:
            return lock.acquire_write(blocking=False)
        except Timeout:
            if time.monotonic() > until:
                raise
        time.sleep(SECONDS_BETWEEN_TRIES)


def is_alone(item: pytest.Item) -> bool:
    """Whether the scenario must not be disturbed."""
    return item.get_closest_marker(ALONE) is not None
