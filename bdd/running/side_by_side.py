"""Scenarios side by side without a process that starts anew: `-n` where processes can be copied.

pytest-xdist starts each of its processes from nothing, and each imports and collects all. Here
the run collects once, and copies of that process run the scenarios. It is used when only feature
files are asked for; elsewhere, and with `bdd_fork = false`, pytest-xdist does it.
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
from bdd.running.lane import Lane, forks, interrupts_put_off

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
        self._waiting = deque(enumerate(session.items))
        self._free: list[Lane] = []
        self._running: dict[object, Lane] = {}

    def run(self) -> None:
        """Runs all items; Failed or Interrupted if pytest has seen enough."""
        gc.freeze()  # a collection in a copy shall not touch, hence copy, all of the memory
        try:
            self._fill()
            with interrupts_put_off():  # pytest cannot tell of one amid a template's code
                self._session.config.hook.pytest_bdd_meanwhile(session=self._session)
            while self._running:
                for connection in wait([lane.connection for lane in self._running.values()]):
                    self._listen(connection)
                self._fill()
        finally:
            stop_all(self._lanes())

    def _lanes(self) -> Sequence[Lane]:
        return [*self._free, *self._running.values()]

    def _fill(self) -> None:
        with interrupts_put_off():
            while self._has_room():
                self._start(*self._waiting.popleft())

    def _has_room(self) -> bool:
        """Whether the next one may start; one that runs alone waits for all, and they for it."""
        if not self._waiting or len(self._running) >= self._at_once:
            return False
        neighbours = [lane.item for lane in self._running.values()]
        _, next_ = self._waiting[0]
        return not neighbours or not any(map(is_alone, [next_, *neighbours]))

    def _start(self, place: int, item: pytest.Item) -> None:
        lane = self._free.pop() if self._free else self._open()
        self._running[lane.connection] = lane
        lane.start(item, place)

    def _open(self) -> Lane:
        taken = {lane.number for lane in self._lanes()}
        number = next(number for number in count(1) if number not in taken)
        return Lane(self._session, number, self._lanes())

    def _listen(self, connection: object) -> None:
        lane = self._running[connection]
        if lane.ended():
            del self._running[connection]
            if not lane.is_dead:
                self._free.append(lane)
            self._tell(lane)

    def _tell(self, lane: Lane) -> None:
        hook, nodeid, location = lane.item.ihook, lane.item.nodeid, lane.item.location
        hook.pytest_runtest_logstart(nodeid=nodeid, location=location)
        for report in lane.reports:
            hook.pytest_runtest_logreport(report=report)
        hook.pytest_runtest_logfinish(nodeid=nodeid, location=location)
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)


def stop_all(lanes: Sequence[Lane]) -> None:
    """Ends what still runs within SECONDS_TO_STOP; well-behaved scenarios put their things away."""
    for lane in lanes:
        lane.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for lane in lanes:
        lane.stop(deadline - time.monotonic())


def _takes_over(config: pytest.Config) -> bool:
    option = config.option
    wanted = bool(option.numprocesses) and not option.tx and not option.usepdb
    return wanted and forks(config) and only_features(config)
