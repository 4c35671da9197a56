"""The blank record of a scenario: all that is known of it before it runs."""

import inspect
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import ScenarioTemplate, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from bdd.reporting.evidence import ScenarioRecord, StepRecord, printable


def is_feature(nodeid: str) -> bool:
    """Whether the test was collected from a `.feature` file."""
    return nodeid.partition("::")[0].endswith(".feature")


def blank_of_item(item: pytest.Item) -> ScenarioRecord | None:
    """The record of the scenario that the item runs; none for an ordinary test."""
    template = registry_get_safe(scenario_wrapper_template_registry, getattr(item, "obj", None))
    nameless = _nameless(item.nodeid, line=(item.location[1] or 0) + 1)
    if template is None:
        return nameless if is_feature(item.nodeid) else None
    blank = _blank(item.nodeid, template, _example(item), item.config.rootpath)
    return replace(blank, line=nameless.line) if is_feature(item.nodeid) else blank


def blank_of_nodeid(nodeid: str, root: Path) -> ScenarioRecord:
    """The record of a scenario whose process ended before it could report."""
    nameless = _nameless(nodeid, line=1)
    scenarios = get_feature(str(root), nameless.file, encoding="utf-8-sig").scenarios
    template = scenarios.get(nameless.name.partition("[")[0])
    if template is None:
        return nameless
    return replace(_blank(nodeid, template, {}, root), name=nameless.name)


def _example(item: pytest.Item) -> dict[str, str]:
    """The row of the Outline; pytest-bdd hands it over as a parameter of the test."""
    callspec = getattr(item, "callspec", None)
    return dict(callspec.params["_pytest_bdd_example"]) if callspec else {}


def _blank(
    nodeid: str, template: ScenarioTemplate, example: dict[str, str], root: Path
) -> ScenarioRecord:
    scenario = template.render(example)
    feature = template.feature
    return ScenarioRecord(
        nodeid=nodeid,
        feature=printable(feature.name),
        name=printable(scenario.name),
        file=_relative(Path(feature.filename), root),
        line=scenario.line_number,
        rule=printable(template.rule.name) if template.rule else "",
        description=_paragraph(scenario.description),
        feature_description=_paragraph(feature.description),
        tags=tuple(sorted(_tags(template, example))),
        parameters=tuple((name, printable(value)) for name, value in example.items()),
        steps=tuple(_step(step) for step in scenario.steps),
    )


def _step(step: Step) -> StepRecord:
    rows: Sequence[Sequence[object]] = step.datatable.raw() if step.datatable else []
    return StepRecord(
        keyword=step.keyword.strip(),
        name=printable(step.name),
        line=step.line_number,
        table=tuple(tuple(printable(str(cell)) for cell in row) for row in rows),
        text=None if step.docstring is None else printable(step.docstring),
    )


def _tags(template: ScenarioTemplate, example: dict[str, str]) -> set[str]:
    of_rule = template.rule.tags if template.rule else set()
    of_rows = [rows.tags for rows in template.examples if example in rows.as_contexts()]
    return template.tags.union(template.feature.tags, of_rule, *of_rows)


def _nameless(nodeid: str, line: int) -> ScenarioRecord:
    file, _, name = nodeid.partition("::")
    return ScenarioRecord(nodeid, Path(file).name, printable(name), file, line)


def _relative(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _paragraph(text: str | None) -> str:
    return printable(inspect.cleandoc(text or ""))
