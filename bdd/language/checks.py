"""All that can be known of a feature file before one of its scenarios runs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Self

import pytest

from bdd.borrowed.pytest_bdd import GherkinDocument
from bdd.language.argument_checks import argument_problems
from bdd.language.definitions import StepDefinition, definitions_of
from bdd.language.document import Document, read
from bdd.language.flow import flow_problems
from bdd.language.outcomes import outcome_problems
from bdd.language.outlines import outline_problems
from bdd.language.problems import Problem, shown, tell
from bdd.language.prose import prose_problems
from bdd.language.runs import Run
from bdd.language.scenarios import PlacedScenario, placed_scenarios
from bdd.language.step_checks import step_problems
from bdd.language.structure import structure_problems
from bdd.language.tags import declared_tags, tag_problems


@dataclass(frozen=True)
class CheckedFile:
    """A feature file and its problems: those of the whole file, and those of single scenarios.

    `of_scenarios` has the problems in a scenario's own steps by the scenario's line.
    """

    name: str
    tree: GherkinDocument | None
    scenarios: tuple[PlacedScenario, ...]
    of_file: tuple[Problem, ...]
    of_scenarios: Mapping[int, tuple[Problem, ...]]

    @property
    def runs(self) -> list[Run]:
        """Every run of every scenario, in order."""
        return [run for scenario in self.scenarios for run in scenario.runs]

    @property
    def problems(self) -> list[Problem]:
        """Every problem in the file."""
        return list({*self.of_file, *chain.from_iterable(self.of_scenarios.values())})

    def without_frames(self) -> Self:
        """The same for those who do not program."""
        own = {line: _without_frames(problems) for line, problems in self.of_scenarios.items()}
        return replace(self, of_file=_without_frames(self.of_file), of_scenarios=own)

    def told(self) -> str:
        """Every problem in the file, in words."""
        return tell(self.name, self.problems)


def _without_frames(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(problem, frame="") for problem in problems)


def check(
    document: Document,
    name: str,
    definitions: Sequence[StepDefinition],
    tags: Sequence[str],
    *,
    then_required: bool = True,
) -> CheckedFile:
    """Looks for every problem that can be found without running anything."""
    scenarios = placed_scenarios(document)
    of_steps = {problem for each in scenarios for problem in _of_steps(document, each, definitions)}
    if then_required and not document.problems:  # else the Then may be what was not understood
        of_steps |= {item for each in scenarios for item in outcome_problems(each, definitions)}
    own = {
        each.node.location.line: tuple(item for item in of_steps if item.line in each.lines)
        for each in scenarios
    }
    of_backgrounds = of_steps.difference(*own.values())
    of_file = (*_of_structure(document, definitions, tags), *of_backgrounds)
    return CheckedFile(name, document.tree, tuple(scenarios), of_file, own)


def _of_steps(
    document: Document, scenario: PlacedScenario, definitions: Sequence[StepDefinition]
) -> Iterator[Problem]:
    found = list(step_problems(scenario, definitions))
    if not document.problems:  # else a table may stand below a line that was not understood
        found += argument_problems(scenario, definitions)
    yield from found
    if not found and not document.problems:
        yield from flow_problems(scenario, definitions)


def _of_structure(
    document: Document, definitions: Sequence[StepDefinition], tags: Sequence[str]
) -> Iterator[Problem]:
    yield from document.problems
    yield from structure_problems(document)
    yield from tag_problems(document, tags)
    yield from prose_problems(document, definitions)
    if not document.problems:
        yield from outline_problems(document)


class Checker:
    """Checks each file once in a test run, against the definitions known when it is first used."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._checked: dict[Path, CheckedFile] = {}
        self._planned: dict[Path, list[Run]] = {}

    @cached_property
    def definitions(self) -> list[StepDefinition]:
        """The step definitions of the run."""
        return definitions_of(self._config)

    def check(self, path: Path) -> CheckedFile:
        """The file with its problems."""
        if path not in self._checked:
            name = shown(path, self._config.rootpath)
            tags = declared_tags(self._config)
            then_required = self._config.getini("bdd_then_required")
            checked = check(read(path), name, self.definitions, tags, then_required=then_required)
            frames = self._config.getoption("--frames")
            self._checked[path] = checked if frames else checked.without_frames()
        return self._checked[path]

    def planned(self, path: Path) -> list[Run]:
        """Every run of the file; of one that nobody has checked, without looking for problems."""
        if path in self._checked:
            return self._checked[path].runs
        if path not in self._planned:
            scenarios = placed_scenarios(read(path))
            self._planned[path] = [run for scenario in scenarios for run in scenario.runs]
        return self._planned[path]


CHECKER = pytest.StashKey[Checker]()


def checker(config: pytest.Config) -> Checker:
    """The checker of the run."""
    return config.stash.setdefault(CHECKER, Checker(config))
