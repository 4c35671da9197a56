"""Scenarios side by side without a process that starts anew: `-n` where processes can be copied.

pytest-xdist starts each of its processes from nothing, and each imports and collects all. Here
the run collects once, and every scenario gets a copy of that process for itself. It is used when
only feature files are asked for; elsewhere, and with `bdd_fork = false`, pytest-xdist does it.
"""

import gc
import time
from collections import deque
from collections.abc import Sequence
from itertools import count
from multiprocessing.connection import wait

import pytest

from bdd.borrowed.pytest import shared_temporary_folder
from bdd.running.alone import is_alone, prepare_lock
from bdd.running.arguments import only_features
from bdd.running.child import Child, forks

AT_ONCE = pytest.StashKey[int]()

SECONDS_TO_STOP = 2.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the choice between copies of this process and pytest-xdist to pytest.ini."""
    help_ = "run scenarios in copies of this process where the system can make them (Linux)"
    parser.addini("bdd_fork", help_, type="bool", default=True)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Takes the number of processes over from pytest-xdist."""
    if not config.pluginmanager.hasplugin("xdist") or not _takes_over(config):
        return
    asked = config.option.numprocesses
    if asked in {"auto", "logical"}:
        asked = config.hook.pytest_xdist_auto_num_workers(config=config)
    config.stash[AT_ONCE] = min(asked, config.option.maxprocesses or asked)
    config.option.numprocesses = 0


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Runs what was collected, several items at a time."""
    at_once = session.config.stash.get(AT_ONCE, 0)
    if not at_once or session.config.option.collectonly:
        return None
    if session.testsfailed and not session.config.option.continue_on_collection_errors:
        raise session.Interrupted(f"{session.testsfailed} errors during collection")
    prepare_lock(shared_temporary_folder(session.config))
    _SideBySide(session, at_once).run()
    return True


class _SideBySide:
    def __init__(self, session: pytest.Session, at_once: int) -> None:
        self._session = session
        self._at_once = at_once
        self._waiting = deque(session.items)
        self._running: dict[object, Child] = {}

    def run(self) -> None:
        """Runs all items; Failed or Interrupted if pytest has seen enough."""
        gc.collect()
        gc.freeze()  # a collection in a copy shall not touch, hence copy, all of the memory
        try:
            while self._waiting or self._running:
                while self._has_room():
                    self._start(self._waiting.popleft())
                for connection in wait([child.connection for child in self._running.values()]):
                    self._listen(connection)
        finally:
            stop_all(list(self._running.values()))

    def _has_room(self) -> bool:
        """Whether the next one may start; one that runs alone waits for all, and they for it."""
        if not self._waiting or len(self._running) >= self._at_once:
            return False
        neighbours = [child.item for child in self._running.values()]
        return not neighbours or not any(map(is_alone, [self._waiting[0], *neighbours]))

    def _start(self, item: pytest.Item) -> None:
        taken = {child.lane for child in self._running.values()}
        child = Child(item, next(lane for lane in count(1) if lane not in taken))
        self._running[child.connection] = child

    def _listen(self, connection: object) -> None:
        child = self._running[connection]
        if child.ended():
            del self._running[connection]
            self._tell(child)

    def _tell(self, child: Child) -> None:
        hook, nodeid, location = child.item.ihook, child.item.nodeid, child.item.location
        hook.pytest_runtest_logstart(nodeid=nodeid, location=location)
        for report in child.reports:
            hook.pytest_runtest_logreport(report=report)
        hook.pytest_runtest_logfinish(nodeid=nodeid, location=location)
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)


def stop_all(children: Sequence[Child]) -> None:
    """Ends what still runs within SECONDS_TO_STOP; well-behaved children put their things away."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        child.stop(deadline - time.monotonic())


def _takes_over(config: pytest.Config) -> bool:
    option = config.option
    wanted = bool(option.numprocesses) and not option.tx and not option.usepdb
    return wanted and forks(config) and only_features(config)
