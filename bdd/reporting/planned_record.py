"""The blank record of a scenario: all that is known of it before it runs."""

from pathlib import Path

import pytest

from bdd.language.checks import checker
from bdd.language.runs import Run, UsedStep
from bdd.reporting.evidence import ScenarioRecord, StepRecord, printable
from bdd.running.collection import RUN


def is_feature(nodeid: str) -> bool:
    """Whether the test was collected from a `.feature` file."""
    return file_of(nodeid).endswith(".feature")


def file_of(nodeid: str) -> str:
    """The file part of a node id."""
    return nodeid.partition("::")[0]


def blank_of_item(item: pytest.Item) -> ScenarioRecord | None:
    """The record of what the item runs or tells; none for an ordinary test."""
    if not is_feature(item.nodeid):
        return None
    run = item.stash.get(RUN, None)
    return _blank(item.nodeid, run) if run else _nameless(item.nodeid, (item.location[1] or 0) + 1)


def blank_of_nodeid(nodeid: str, config: pytest.Config) -> ScenarioRecord:
    """The record of a scenario whose process ended before it could report."""
    file, _, name = nodeid.partition("::")
    runs = checker(config).check(config.rootpath / file).runs
    run = next((run for run in runs if run.name == name), None)
    return _blank(nodeid, run) if run else _nameless(nodeid, line=1)


def _blank(nodeid: str, run: Run) -> ScenarioRecord:
    return ScenarioRecord(
        nodeid=nodeid,
        feature=printable(run.feature),
        name=printable(run.title),
        file=file_of(nodeid),
        line=run.line,
        rule=printable(run.rule),
        description=printable(run.description),
        feature_description=printable(run.feature_description),
        tags=run.tags,
        parameters=tuple((name, printable(value)) for name, value in run.row.values.items()),
        examples=printable(run.row.examples),
        steps=tuple(_step(step) for step in run.steps),
    )


def _step(step: UsedStep) -> StepRecord:
    return StepRecord(
        keyword=step.keyword,
        name=printable(step.text),
        line=step.line,
        table=tuple(tuple(printable(cell) for cell in row) for row in step.table),
        text=None if step.docstring is None else printable(step.docstring),
        of_background=step.of_background,
    )


def _nameless(nodeid: str, line: int) -> ScenarioRecord:
    file, _, name = nodeid.partition("::")
    return ScenarioRecord(nodeid, Path(file).name, printable(name), file, line)
