"""A scenario in a child process of its own, a copy of this one that has imported everything.

The child runs pytest's whole protocol of the item and sends what pytest would tell here, so that
every plugin hears of the scenario as if it had run in this process.
"""

import multiprocessing
import os
import signal
import sys
from contextlib import suppress
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


class Child:
    """Runs one item; `reports` are complete when `ended` says so."""

    def __init__(self, item: pytest.Item, lane: int) -> None:
        self.item = item
        self.lane = lane
        self.reports: list[pytest.TestReport] = []
        self.connection, sender = multiprocessing.Pipe(duplex=False)
        context: Any = multiprocessing.get_context("fork")
        self._process = context.Process(target=_run, args=(item, lane, sender))
        self._process.start()
        sender.close()

    def ended(self) -> bool:
        """Takes what the child has sent; True if it has nothing more to say."""
        try:
            warning, data = self.connection.recv()
        except (EOFError, OSError):
            self._take_leave()
            return True
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

    def _take_leave(self) -> None:
        self._process.join()
        if not any(report.when == "teardown" for report in self.reports):
            self.reports.append(_crash(self.item))


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


def _run(item: pytest.Item, lane: int, connection: Connection) -> None:
    """The life of a child: one item, nothing of what this process has begun."""
    item.config.stash[LANE] = lane
    _heed_only_the_parent()
    plugins = item.config.pluginmanager
    capture_anew(item.config)
    if plugins.hasplugin("terminalreporter"):
        plugins.unregister(name="terminalreporter")
    item.config.hook.pytest_bdd_child_begins(config=item.config)
    plugins.register(_Sender(item.config, connection))
    try:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    except BaseException:  # what comes of KeyboardInterrupt depends on whom it met
        if not _STOPPED.is_set():
            raise
        with suppress(BaseException):
            item.config.hook.pytest_runtest_teardown(item=item, nextitem=None)
        os._exit(1)


def _heed_only_the_parent() -> None:
    """Ctrl-C goes to all processes of a terminal; who stops is for the parent to say."""

    def stop(number: int, _: FrameType | None) -> None:
        signal.signal(number, lambda *_: None)
        _STOPPED.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, stop)
