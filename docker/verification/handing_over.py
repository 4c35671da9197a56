"""Checks of docker/hand_over.sh: who runs the features, and whose files the reports are."""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from verification.engine import docker, end_of, inspect, require
from verification.probes import left_over, require_reports
from verification.stack import Stack

_SHORT = "features/performance.feature"
_NOBODY = 10001
_OTHERS = (0, 1000, 1001)
_INTERRUPTED, _MISTAKE = 2, 4  # exit codes of pytest
_BEGIN_SECONDS = 60.0
_CONTAINER = "trading-acceptance-interrupted"
_WHAT_IT_MAY = """
import json, os, pathlib, sys
status = pathlib.Path("/proc/self/status").read_text().splitlines()
rights = [line for line in status if line.startswith(("CapEff", "CapPrm", "CapInh", "CapAmb"))]
print(json.dumps({
    "users": sorted({*os.getresuid(), *os.getresgid(), *os.getgroups()}),
    "capabilities": [line for line in rights if int(line.split()[1], 16)],
    "writes": [name for name in sys.argv[1:] if os.access(name, os.W_OK)],
}))
"""


def suite_is_confined(services: Stack) -> str:
    """The features are run by a user without rights, who can write to no folder of the caller's."""
    program = ("--entrypoint", "sh docker/hand_over.sh python -c", "suite", _WHAT_IT_MAY)
    folders = ("/", "/suite", "/venv", "/home", "/var/tmp", "/reports")  # noqa: S108
    done = services.compose("run", "--rm", "--no-deps", *program, *folders)
    seen = json.loads(done.stdout.splitlines()[-1])  # above it is what was built
    require(seen == {"users": [_NOBODY], "capabilities": [], "writes": []}, f"it is {seen}")
    return f"user {_NOBODY}, no capabilities"


def reports_are_the_callers(services: Stack) -> str:
    """The reports are the caller's own files, whichever number that user has, without a setting."""
    for user in _callers():
        folder = _folder_of(user, services.reports.parent)
        done = services.run("suite", REPORTS_DIR=str(folder), FEATURES=_SHORT)
        require(done.returncode == 0, f"user {user}: {end_of(done)}")
        require_reports(folder)
    return "users " + ", ".join(map(str, _callers()))


def mistakes_leave_the_reports(services: Stack) -> str:
    """A mistake on the command line is told in a sentence, and leaves the last run's reports."""
    before = left_over(services.reports)
    require(before != [], "there are no reports of an earlier run")
    done = services.compose("run", "--rm", "suite", "-m", "smok", check=False)
    require(done.returncode == _MISTAKE, end_of(done))
    require("did you mean smoke?" in done.stderr, end_of(done))
    require(left_over(services.reports) == before, "reports are gone")
    return f"{', '.join(before)} are still there"


def interrupted_suite_hands_over(services: Stack) -> str:
    """A suite that is interrupted hands over what it has found so far, and ends with its code."""
    services.compose("run", "--detach", "--name", _CONTAINER, "suite")
    try:
        _await_log(_CONTAINER, "collected")
        begun = time.monotonic()
        docker("kill", "--signal", "INT", _CONTAINER)
        docker("wait", _CONTAINER)
        seconds = time.monotonic() - begun
        code = inspect(_CONTAINER)["State"]["ExitCode"]
    finally:
        docker("rm", "--force", _CONTAINER, check=False)
    require(code == _INTERRUPTED, f"it ended with code {code}")
    return f"{seconds:.1f} s, {require_reports(services.reports)}"


def _callers() -> Sequence[int]:
    """The users whom this one can stand in for: root for all, anybody else for themselves."""
    callers: Sequence[int] = (0,)  # Docker Desktop shows every folder as one's own
    if sys.platform == "linux":
        callers = _OTHERS if os.getuid() == 0 else (os.getuid(),)
    return callers


def _folder_of(user: int, parent: Path) -> Path:
    folder = parent / f"reports-of-{user}"
    folder.mkdir()
    if sys.platform == "linux":
        os.chown(folder, user, user)
    return folder


def _await_log(container: str, words: str) -> None:
    deadline = time.monotonic() + _BEGIN_SECONDS
    while words not in docker("logs", container).stdout:
        require(time.monotonic() < deadline, f"{container} does not say '{words}'")
