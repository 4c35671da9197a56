"""Scenarios that run while no other test runs, in whichever process: those tagged @alone.

A run of few tests, `bdd_few` in pytest.ini, leaves the machine quiet as it is: there they run
beside the others.

Side by side, every test holds one lock together with the others, and an @alone scenario holds it
for itself. The system takes the lock from a process that dies, so that nobody waits for the dead.
The lock is taken as the first fixture, hence waiting counts as preparation. Any other scenario can
have the machine for itself for a moment: the fixture `quiet_machine`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import ReadWriteLock, Timeout

from bdd.borrowed.xdist import is_worker
from bdd.language.tags import ALONE
from bdd.running.lane import LANE

SECONDS_BETWEEN_TRIES = 0.1
LOCK = "alone.lock"

QuietMachine = Callable[[], AbstractContextManager[None]]
"""Gives a context in which no other test runs, in whichever process; to enter it may take long."""


class Turn:
    """One test's place among the others: beside them, or `alone`; without a lock there are none."""

    def __init__(self, lock: ReadWriteLock | None, seconds: float, *, alone: bool) -> None:
        self._lock = lock
        self._seconds = seconds
        self._alone = alone

    @contextmanager
    def taken(self) -> Iterator[None]:
        """While the test runs; it fails if the others do not make room in time."""
        if self._lock is None:
            yield
            return
        with self._acquire_alone(self._lock) if self._alone else self._acquire(self._lock):
            yield

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While nobody else runs; the test fails if the others do not make room in time."""
        if self._lock is None or self._alone:
            yield
            return
        self._lock.release()
        try:
            with self._acquire_alone(self._lock):
                yield
        finally:
            self._acquire(self._lock)

    def _acquire(self, lock: ReadWriteLock) -> AbstractContextManager[object]:
        try:
            return lock.acquire_read(timeout=self._seconds)
        except Timeout:
            self._fail()

    def _acquire_alone(self, lock: ReadWriteLock) -> AbstractContextManager[object]:
        # Poll: a blocking write lock would keep new readers out until the slowest one has left.
        until = time.monotonic() + self._seconds
        while True:
            try:
                return lock.acquire_write(blocking=False)
            except Timeout:
                if time.monotonic() > until:
                    self._fail()
            time.sleep(SECONDS_BETWEEN_TRIES)

    def _fail(self) -> NoReturn:
        pytest.fail(f"waited {self._seconds} s for other tests to make room", pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the patience of waiting tests to pytest.ini."""
    help_ = "seconds that a test waits for an @alone scenario, and it for the others"
    parser.addini("bdd_alone_timeout", help_, type="int", default=600)
    help_ = "an @alone scenario runs beside others where there are so few tests in all"
    parser.addini("bdd_few", help_, type="int", default=0)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Puts @alone scenarios last, when the other processes run out of work anyway."""
    yield
    items.sort(key=_is_tagged)


def prepare_lock(folder: Path) -> None:
    """Imports what a lock needs, and makes its file, before there are copies of this process."""
    with ReadWriteLock(folder / LOCK).read_lock():
        pass


@pytest.fixture(scope="session")
def _shared_lock(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> ReadWriteLock:
    folder = tmp_path_factory.getbasetemp()
    return ReadWriteLock((folder.parent if is_worker(pytestconfig) else folder) / LOCK)


@pytest.fixture(autouse=True)
def _apart_from_others(request: pytest.FixtureRequest) -> Iterator[Turn]:
    has_neighbours = is_worker(request.config) or LANE in request.config.stash
    lock = request.getfixturevalue("_shared_lock") if has_neighbours else None
    seconds = request.config.getini("bdd_alone_timeout")
    turn = Turn(lock, seconds, alone=is_alone(request.node))
    with turn.taken():
        yield turn


@pytest.fixture
def quiet_machine(_apart_from_others: Turn) -> QuietMachine:
    """A context in which no other test runs, for what only a quiet machine can tell."""
    return _apart_from_others.quiet


def is_alone(item: pytest.Item) -> bool:
    """Whether the scenario must not be disturbed, and would be."""
    return _is_tagged(item) and len(item.session.items) > item.config.getini("bdd_few")


def _is_tagged(item: pytest.Item) -> bool:
    return item.get_closest_marker(ALONE) is not None
