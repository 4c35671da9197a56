"""Failures as annotations at their lines in feature files: where GitHub's runners are.

GitHub reads workflow commands from what a step prints, and shows ten errors of a step. The causes
come first, then the scenarios that are not shown as the proof of one.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from bdd.reporting.causes import Cause
from bdd.reporting.evidence import ScenarioRecord
from bdd.reporting.results import RESULTS, Results
from bdd.reporting.words import cause_in_words, headline, plural

SHOWN = 10
"""Annotations of one kind that GitHub shows for a step."""

_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is told at a line of a file."""

    file: str
    line: int
    title: str
    message: str

    @property
    def command(self) -> str:
        """GitHub's workflow command for it, in one line."""
        told = {"file": self.file, "line": str(self.line), "title": self.title}
        properties = ",".join(
            f"{name}={_escaped(value, _IN_PROPERTIES)}" for name, value in told.items()
        )
        return f"::error {properties}::{_escaped(self.message, _IN_MESSAGES)}"


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Prints the annotations if this is a run of GitHub Actions."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    folder = _folder_in_repository(config.rootpath, os.environ.get("GITHUB_WORKSPACE", ""))
    for line in commands(config.stash[RESULTS], folder):
        terminalreporter.ensure_newline()
        terminalreporter.write_line(line)


def commands(results: Results, folder: str = "") -> list[str]:
    """The workflow commands; `folder` is where the project is in its repository."""
    every = list(_annotations(results, folder))
    told = [each.command for each in islice(every, SHOWN)]
    if len(every) > SHOWN:
        more = plural(len(every) - SHOWN, "further failure")
        told.append(f"::notice title={more}::They are in the log of this step.")
    return told


def _annotations(results: Results, folder: str) -> Iterator[Annotation]:
    for cause in results.causes:
        yield _of_cause(cause, folder)
    proofs = {cause.proof.noticed_by.nodeid for cause in results.causes}
    for record in results.of_status("failed"):
        if record.nodeid not in proofs:
            yield _of_scenario(record, folder)


def _of_cause(cause: Cause, folder: str) -> Annotation:
    record, step = cause.proof.noticed_by, cause.proof.step
    title = cause.promise or cause.finding
    return Annotation(folder + record.file, (step or record).line, title, cause_in_words(cause))


def _of_scenario(record: ScenarioRecord, folder: str) -> Annotation:
    line = (record.failed_step or record).line
    return Annotation(folder + record.file, line, record.name, headline(record))


def _folder_in_repository(project: Path, repository: str) -> str:
    """How the paths of the project begin in the repository: empty at its root."""
    if not repository or not project.is_relative_to(repository):
        return ""
    inside = project.relative_to(repository).as_posix()
    return "" if inside == "." else f"{inside}/"


def _escaped(text: str, characters: Mapping[str, str]) -> str:
    return "".join(characters.get(each, each) for each in text)
