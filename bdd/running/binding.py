"""The test functions of a scenario, one for each of its runs, made by pytest-bdd.

pytest-bdd would let pytest number and escape the rows of an Outline. Here every row has a
function and a name of its own, and its single parameter set is hidden from the name.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
import pytest_bdd
from pytest_bdd.scenario import scenario_wrapper_template_registry

from bdd.language.document import ENCODING, PlacedScenario
from bdd.language.usage import Row, rows

LONGEST_NAME = 150


@dataclass(frozen=True)
class BoundRun:
    """One run of a scenario as a test function."""

    row: Row
    name: str
    function: FunctionType


def functions_of(path: Path, scenario: PlacedScenario) -> list[BoundRun]:
    """The runs of a scenario in order, each under a name that no other run of it has."""
    template: Any = _bound(path, scenario)
    all_marks = getattr(template, "pytestmark", [])
    marks = [mark for mark in all_marks if mark.name != "parametrize"]
    examples = [example for mark in all_marks if mark not in marks for example in mark.args[1]]
    runs = rows(scenario)
    found = []
    for index, (row, name) in enumerate(zip(runs, _names(scenario, runs), strict=True)):
        function = _placed(template, path, row.line or scenario.node.location.line, name)
        function.pytestmark = [*marks, *map(_only, examples[index : index + 1])]
        found.append(BoundRun(row, name, function))
    return found


def title_of(scenario: PlacedScenario) -> str:
    """The scenario's name as it stands in node ids."""
    return _safe(scenario.node.name)


def _bound(path: Path, scenario: PlacedScenario) -> Any:
    bind = pytest_bdd.scenario(path.name, scenario.node.name, ENCODING, str(path.parent))
    return bind(lambda: None)


def _only(example: Any) -> pytest.Mark:
    (values,) = example.values
    parameter = pytest.param(values, id=pytest.HIDDEN_PARAM, marks=example.marks)
    return pytest.mark.parametrize("_pytest_bdd_example", [parameter]).mark


def _placed(template: FunctionType, path: Path, line: int, name: str) -> Any:
    """A copy of the function that claims to stand at the line of the file."""
    code = template.__code__.replace(
        co_filename=str(path), co_firstlineno=line, co_name=name, co_qualname=name
    )
    function = FunctionType(code, template.__globals__, name, None, template.__closure__)
    function.__doc__ = template.__doc__
    registry = scenario_wrapper_template_registry
    registry[function] = registry[template]
    return function


def _names(scenario: PlacedScenario, runs: list[Row]) -> list[str]:
    names = [title_of(scenario) + _suffix(row) for row in runs]
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name[:-1]} #{seen[name]}]")
    return unique


def _suffix(row: Row) -> str:
    values = ", ".join(f"{name}={value}" for name, value in row.values.items())
    if len(values) > LONGEST_NAME:
        values = values[: LONGEST_NAME - 3] + "..."
    return f"[{_safe(values)}]" if values else ""


def _safe(text: str) -> str:
    """The text without what pytest would take for the border between the parts of a node id."""
    visible = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return visible.replace("::", ":")
