"""The test functions of a scenario, one for each of its runs, made by pytest-bdd.

pytest-bdd would let pytest number and escape the rows of an Outline. Here every row has a
function and a name of its own, and its single parameter set is hidden from the name.
"""

from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from bdd.borrowed.pytest_bdd import EXAMPLE, bound, register_copy
from bdd.language.runs import Run
from bdd.language.scenarios import PlacedScenario


def functions_of(path: Path, scenario: PlacedScenario) -> Iterator[tuple[Run, FunctionType]]:
    """The runs of a scenario in order, each with its test function."""
    template: Any = bound(path, scenario.node.name)
    all_marks = getattr(template, "pytestmark", [])
    marks = [mark for mark in all_marks if mark.name != "parametrize"]
    examples = [example for mark in all_marks if mark not in marks for example in mark.args[1]]
    for index, run in enumerate(scenario.runs):
        function = _placed(template, path, run)
        function.pytestmark = [*marks, *map(_only, examples[index : index + 1])]
        yield run, function


def _only(example: Any) -> pytest.Mark:
    (values,) = example.values
    parameter = pytest.param(values, id=pytest.HIDDEN_PARAM, marks=example.marks)
    return pytest.mark.parametrize(EXAMPLE, [parameter]).mark


def _placed(template: FunctionType, path: Path, run: Run) -> Any:
    """A copy of the function that claims to stand at the run's line of the file."""
    code = template.__code__.replace(
        co_filename=str(path), co_firstlineno=run.line, co_name=run.name, co_qualname=run.name
    )
    function = FunctionType(code, template.__globals__, run.name, None, template.__closure__)
    function.__doc__ = template.__doc__
    register_copy(function, template)
    return function
