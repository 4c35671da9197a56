"""Of pytest-bdd: the tree of a feature file, how it runs one, and the registry of step functions.

It publishes decorators, parsers and hooks only, and reads a file by itself when it binds a
scenario. Here it is handed the tree that was checked, so that a file is read once. To find a step's
definition it asks for all fixtures that there are, one by one; here only for definitions of the
step's kind. Without these names no feature file could be collected.
"""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_bdd

from bdd.borrowed.moved import explained

with explained("pytest-bdd", __name__, "reading and binding feature files"):
    from pytest_bdd.compat import get_fixture_names, getfixturedefs
    from pytest_bdd.feature import features
    from pytest_bdd.gherkin_parser import (
        Background,
        ExamplesTable,
        Feature,
        GherkinDocument,
        Rule,
        Scenario,
        Step,
        Tag,
    )
    from pytest_bdd.parser import FeatureParser, render_string
    from pytest_bdd.parser import Step as ParsedStep
    from pytest_bdd.scenario import scenario_wrapper_template_registry
    from pytest_bdd.steps import (
        StepFunctionContext,
        StepNamePrefix,
        step_function_context_registry,
    )
    from pytest_bdd.types import GIVEN, STEP_TYPE_BY_PARSER_KEYWORD, THEN

__all__ = [
    "EXAMPLE",
    "GIVEN",
    "STEP_TYPE_BY_PARSER_KEYWORD",
    "THEN",
    "Background",
    "ExamplesTable",
    "Feature",
    "GherkinDocument",
    "Rule",
    "Scenario",
    "Step",
    "Tag",
    "adopt",
    "bound",
    "defined_in",
    "register_copy",
    "render_string",
    "search_definitions_only",
]

_SEARCH = "find_fixturedefs_for_step"

EXAMPLE = "_pytest_bdd_example"
"""The parameter by which a test function is handed its row of an Outline."""


def adopt(path: Path, tree: GherkinDocument) -> None:
    """Lets pytest-bdd take the tree for what it would read from the file."""
    features[str(path)] = _Parsed(path, tree).parse()


def bound(path: Path, scenario: str) -> Any:
    """The test function of a scenario of an adopted file."""
    bind = pytest_bdd.scenario(path.name, scenario, features_base_dir=str(path.parent))
    return bind(lambda: None)


def register_copy(copy: Callable[..., object], original: Callable[..., object]) -> None:
    """Lets a copy of a test function run the scenario of the original."""
    scenario_wrapper_template_registry[copy] = scenario_wrapper_template_registry[original]


def defined_in(module: ModuleType) -> list[StepFunctionContext]:
    """Every step definition of a module: its type, parser and function."""
    prefix = StepNamePrefix.step_def.value
    fixtures = [value for name, value in vars(module).items() if name.startswith(prefix)]
    return [step_function_context_registry[inspect.unwrap(fixture)] for fixture in fixtures]


def search_definitions_only() -> None:
    """Lets pytest-bdd look for a step among the definitions of its kind."""
    vars(import_module("pytest_bdd.scenario"))[_SEARCH] = _definitions_for


def _definitions_for(
    step: ParsedStep, fixturemanager: Any, node: pytest.Item
) -> Iterator[pytest.FixtureDef[object]]:
    """The definitions that match a step, of those that the item sees; the names tell their kind."""
    kinds = tuple(f"{StepNamePrefix.step_def.value}_{kind}_" for kind in (step.type, "*"))
    for name in get_fixture_names(fixturemanager=fixturemanager):
        if name.startswith(kinds):
            for each in getfixturedefs(fixturemanager, name, node) or ():
                if step_function_context_registry[each.func].parser.is_matching(step.name):
                    yield each


class _Parsed(FeatureParser):
    """Takes the tree where pytest-bdd would read the file once more."""

    def __init__(self, path: Path, tree: GherkinDocument) -> None:
        super().__init__(str(path.parent), path.name)
        self._tree = tree

    def _parse_feature_file(self) -> GherkinDocument:
        return self._tree
