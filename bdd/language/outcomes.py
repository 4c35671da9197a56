"""Scenarios that look at no outcome: they cannot fail for what they are about."""

from collections.abc import Iterator, Sequence

import pytest

from bdd.borrowed.pytest_bdd import GIVEN, THEN
from bdd.language.definitions import StepDefinition
from bdd.language.problems import Problem
from bdd.language.runs import UsedStep
from bdd.language.scenarios import PlacedScenario


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the setting for projects whose other steps check what they do."""
    help_ = "whether a scenario without a Then step is a mistake of its author (default: true)"
    parser.addini("bdd_then_required", help_, type="bool", default=True)


def outcome_problems(
    scenario: PlacedScenario, definitions: Sequence[StepDefinition]
) -> Iterator[Problem]:
    """No `Then` among the scenario's own steps; one in a Background is not about the scenario."""
    steps = [step for step in scenario.runs[0].steps if step.line in scenario.lines]
    if not steps or any(_looks(step, definitions) for step in steps):
        return
    node = scenario.node
    what = f"the {node.keyword} has no Then step, so nothing is looked at and nothing can fail"
    if all(step.type == GIVEN for step in steps):
        what = f"the {node.keyword} has only Given steps: nothing happens, and nothing can fail"
    do = "end it with a Then step that says what must be seen"
    yield Problem(node.location.line, what, f"{node.keyword}: {node.name}", do)


def _looks(step: UsedStep, definitions: Sequence[StepDefinition]) -> bool:
    """Whether the step is a Then, or a Then that stands as another, which is told by itself."""
    if step.type == THEN or step.serving(definitions):
        return step.type == THEN
    return any(each.type == THEN and each.parser.is_matching(step.text) for each in definitions)
