"""Feature files as pytest's test files.

Each scenario becomes a test function named like the scenario, each row of an Outline one of its
own, `An order is rejected[quantity=0]`. The functions are pytest-bdd's; their code claims to stand
in the feature file, so that tracebacks, junit and editors point at the scenario's line.
A file or scenario with a problem becomes one item that fails and tells it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bdd.borrowed.pytest_bdd import adopt, search_definitions_only
from bdd.language.checks import CheckedFile, checker
from bdd.language.problems import tell
from bdd.language.runs import Run, node_name
from bdd.language.scenarios import PlacedScenario
from bdd.running.binding import functions_of


@dataclass(frozen=True)
class Lines:
    """Where an item stands in its file; `row` is 0 and `rows` empty without Examples."""

    all: range
    row: int = 0
    rows: frozenset[int] = frozenset()

    def has(self, line: int) -> bool:
        """Whether somebody who names the line means this item."""
        return line in self.all and (line not in self.rows or line == self.row)


def lines_of(scenario: PlacedScenario, run: Run) -> Lines:
    """Where one run of a scenario stands."""
    rows = frozenset(each.row.line for each in scenario.runs) - {0}
    return Lines(scenario.lines, run.row.line, rows)


LINES = pytest.StashKey[Lines]()

RUN = pytest.StashKey[Run]()
"""What the item runs; an item that tells a problem has none."""


class ProblemItem(pytest.Item):
    """Fails and tells the problems of a file or scenario."""

    def __init__(self, *, told: str, line: int, **node: Any) -> None:
        super().__init__(**node)
        self._told = told
        self._line = line

    def runtest(self) -> None:
        """Fails."""
        pytest.fail(self._told, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the first problem."""
        return self.path, self._line - 1, self.name


class FeatureFile(pytest.Module):
    """A feature file; the scenarios are functions of a module that is never imported."""

    def _getobj(self) -> ModuleType:
        return ModuleType(self.path.stem)

    def collect(self) -> Iterator[pytest.Item]:
        """The scenarios, or what stands in their way."""
        checked = checker(self.config).check(self.path)
        if checked.of_file or checked.tree is None:
            line = min(problem.line for problem in checked.problems)
            yield self._problem("the file has to be corrected", checked.told(), line)
            return
        adopt(self.path, checked.tree)
        for scenario in checked.scenarios:
            yield from self._scenario(scenario, checked)

    def _scenario(self, scenario: PlacedScenario, checked: CheckedFile) -> Iterator[pytest.Item]:
        line = scenario.node.location.line
        if problems := checked.of_scenarios[line]:
            failing = self._problem(node_name(scenario.node), tell(checked.name, problems), line)
            failing.stash[LINES] = Lines(scenario.lines)
            yield failing
            return
        for run, function in functions_of(self.path, scenario):
            setattr(self.obj, run.name, function)
            for item in self._genfunctions(run.name, function):
                item.stash[RUN] = run
                item.stash[LINES] = lines_of(scenario, run)
                yield item

    def _problem(self, name: str, told: str, line: int) -> ProblemItem:
        return ProblemItem.from_parent(self, name=name, told=told, line=line)


def pytest_configure() -> None:
    """Lets steps be found quickly."""
    search_definitions_only()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Collects feature files."""
    if file_path.suffix == ".feature":
        return FeatureFile.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keeps problems from being deselected, and puts them before every scenario."""
    problems = [item for item in items if isinstance(item, ProblemItem)]
    items[:] = [item for item in items if not isinstance(item, ProblemItem)]
    yield
    items[:0] = problems
