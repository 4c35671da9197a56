"""Scenarios in a child process, a copy of this one that has imported everything.

The child runs pytest's whole protocol of an item and sends what pytest would tell here, so that
every plugin hears of the scenario as if it had run in this process. Then it waits for the next:
a copy for each scenario would take a tenth more processor time.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from threading import Event
from types import FrameType
from typing import Any, Literal, cast

import pytest

from bdd.borrowed.pytest import capture_anew
from bdd.borrowed.xdist import CRASHED_PHASE

LANE = pytest.StashKey[int]()
"""Which of the scenarios that run at the same time this one is, counted from 1."""

_STOPPED = Event()


def can_fork() -> bool:
    """Whether copies of this process are cheap and safe: on Linux.

    Windows has none, and on macOS the system's libraries do not survive it.
    """
    return sys.platform == "linux"


def forks(config: pytest.Config) -> bool:
    """Whether this run makes copies of its process rather than start others."""
    return can_fork() and bool(config.getini("bdd_fork"))


class Lane:
    """A copy of this process that runs items, one after another.

    After `start`, `reports` are complete when `ended` says so; then it is free for the next, unless
    it died of this one (`is_dead`).
    """

    def __init__(self, session: pytest.Session, number: int, others: Iterable["Lane"]) -> None:
        self.number = number
        self.connection, theirs = multiprocessing.Pipe()
        # A copy has the ends of all lanes too. Left open, they would hide that this process died.
        not_theirs = [self.connection, *(lane.connection for lane in others)]
        context: Any = multiprocessing.get_context("fork")
        self._process = context.Process(target=_run, args=(session, number, theirs, not_theirs))
        self._process.start()
        theirs.close()

    def start(self, item: pytest.Item, place: int) -> None:
        """Runs an item, which has this place in the session's list."""
        self.item = item
        self.reports: list[pytest.TestReport] = []
        self.is_dead = False
        with suppress(OSError):  # it died while it was idle: `ended` tells
            self.connection.send(place)

    def ended(self) -> bool:
        """Takes what the lane has sent; True if it has nothing more to say of its item."""
        try:
            told = self.connection.recv()
        except (EOFError, OSError):
            self._bury()
            return True
        if told is None:
            return True
        warning, data = told
        config = self.item.config
        if warning:
            config.hook.pytest_warning_recorded.call_historic(kwargs=data)
        else:
            report = config.hook.pytest_report_from_serializable(config=config, data=data)
            self.reports.append(report)
        return False

    def ask_to_stop(self) -> None:
        """Lets the scenario put away what it has and end."""
        with suppress(ProcessLookupError):
            self._process.terminate()

    def stop(self, seconds: float) -> None:
        """Waits for the end that was asked for, and then insists."""
        self._process.join(max(0.0, seconds))
        self._process.kill()
        self._process.join()

    def _bury(self) -> None:
        self._process.join()
        self.is_dead = True
        if not any(report.when == "teardown" for report in self.reports):
            self.reports.append(_crash(self.item))


@contextmanager
def interrupts_put_off() -> Iterator[None]:
    """Lets Ctrl-C count at the end.

    Python drops what is raised while it copies the process, and each copy after it tells of that.
    """
    came: list[FrameType | None] = []
    heed = signal.signal(signal.SIGINT, lambda _, frame: came.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heed)
    if came and callable(heed):
        heed(signal.SIGINT, came[0])


def _crash(item: pytest.Item) -> pytest.TestReport:
    told = "the process that ran this ended unexpectedly"
    phase = cast("Literal['call']", CRASHED_PHASE)
    return pytest.TestReport(item.nodeid, item.location, {}, "failed", told, phase)


class _Sender:
    """A plugin of the child that passes on what is told."""

    def __init__(self, config: pytest.Config, connection: Connection) -> None:
        self._config = config
        self._connection = connection

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        to_data = self._config.hook.pytest_report_to_serializable
        self._connection.send((False, to_data(config=self._config, report=report)))

    def pytest_warning_recorded(
        self, warning_message: Any, when: str, nodeid: str, location: Any
    ) -> None:
        told = {"warning_message": warning_message, "when": when, "nodeid": nodeid}
        self._connection.send((True, {**told, "location": location}))


def _run(
    session: pytest.Session, lane: int, connection: Connection, not_mine: Iterable[Connection]
) -> None:
    """The life of a lane: items, nothing else of what the copied process has begun."""
    try:
        _heed_only_the_parent()
        for each in not_mine:
            each.close()
        _begin(session.config, lane, connection)
        _run_items(session, connection)
    except BaseException:  # what comes of KeyboardInterrupt depends on whom it met
        if not _STOPPED.is_set():
            raise
        os._exit(1)


def _begin(config: pytest.Config, lane: int, connection: Connection) -> None:
    config.stash[LANE] = lane
    plugins = config.pluginmanager
    capture_anew(config)
    if plugins.hasplugin("terminalreporter"):
        plugins.unregister(name="terminalreporter")
    config.hook.pytest_bdd_child_begins(config=config)
    plugins.register(_Sender(config, connection))


def _run_items(session: pytest.Session, connection: Connection) -> None:
    """Runs what the parent names, until it is gone or stops this process."""
    with suppress(EOFError):
        while True:
            _run_item(session.items[connection.recv()])
            connection.send(None)


def _run_item(item: pytest.Item) -> None:
    try:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    except BaseException:
        with suppress(BaseException):
            item.config.hook.pytest_runtest_teardown(item=item, nextitem=None)
        raise


def _heed_only_the_parent() -> None:
    """Ctrl-C goes to all processes of a terminal; who stops is for the parent to say."""

    def stop(number: int, _: FrameType | None) -> None:
        signal.signal(number, lambda *_: None)
        _STOPPED.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, stop)
