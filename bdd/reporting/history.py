"""How the last runs ended, one line of JSON for each, so that a report can show the trend."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest

from bdd.reporting.evidence import STATUSES, Status

KEPT = 100
"""Runs that the file keeps; older ones are forgotten."""


@dataclass(frozen=True)
class PastRun:
    """One run: when it began, how many scenarios ended how, and the seconds it took."""

    started: str
    commit: str
    counts: Mapping[Status, int]
    seconds: float

    @property
    def status(self) -> Status:
        """Failed if any scenario is, skipped if none passed."""
        if self.counts["failed"]:
            return "failed"
        return "passed" if self.counts["passed"] else "skipped"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option for the file."""
    parser.getgroup("bdd").addoption(
        "--history",
        metavar="FILE",
        help="add how this run ended to this file, and show the last runs in the HTML report",
    )


def remember(file: Path, run: PastRun) -> list[PastRun]:
    """Adds the run to the file; returns all that it has now, the oldest first."""
    runs = [*recall(file), run][-KEPT:]
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{json.dumps(asdict(each))}\n" for each in runs)
    file.write_text(lines, encoding="utf-8", newline="\n")
    return runs


def recall(file: Path) -> list[PastRun]:
    """The runs that the file has; what cannot be read is left out, as another version wrote it."""
    if not file.exists():
        return []
    return [run for line in file.read_text(encoding="utf-8").splitlines() for run in _read(line)]


def _read(line: str) -> list[PastRun]:
    try:
        run = PastRun(**json.loads(line))
        return [replace(run, counts={status: run.counts[status] for status in STATUSES})]
    except (ValueError, TypeError, KeyError):
        return []
