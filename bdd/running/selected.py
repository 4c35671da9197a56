"""The runs of scenarios that a command line selects by lines, names and tags, before collection.

It is what pytest will select, seen early enough to decide how many processes are worth starting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bdd.borrowed.pytest import Expression
from bdd.language.checks import checker
from bdd.language.runs import Run, node_name
from bdd.language.scenarios import PlacedScenario
from bdd.running.arguments import asked_features, asked_names
from bdd.running.collection import lines_of
from bdd.running.lines import wanted_lines
from bdd.running.tag_expressions import tag_filter


@dataclass(frozen=True)
class SelectedRun:
    """One run of a scenario, of `path`."""

    path: Path
    scenario: PlacedScenario
    run: Run


def selected_runs(config: pytest.Config) -> list[SelectedRun]:
    """All that would run, in the order of the files. An unreadable -m or -k selects everything."""
    lines, named = wanted_lines(config), asked_names(config)
    fits = tag_filter(config)
    return [
        SelectedRun(path, scenario, run)
        for path in asked_features(config)
        for scenario in checker(config).check(path).scenarios
        for run in scenario.runs
        if path not in lines or any(lines_of(scenario, run).has(line) for line in lines[path])
        if path not in named or any(is_named(scenario, run, name) for name in named[path])
        if fits(run.tags) and _matches(config, path, run)
    ]


def is_named(scenario: PlacedScenario, run: Run, name: str) -> bool:
    """Whether a node id that ends in this name means the run; the name of an Outline means all."""
    return name in (run.name, node_name(scenario.node))


def _matches(config: pytest.Config, path: Path, run: Run) -> bool:
    names = "\n".join((path.name, run.name, *run.tags)).lower()
    by_tags = _holds(config.option.markexpr, lambda name: name in run.tags)
    return by_tags and _holds(config.option.keyword, lambda name: name.lower() in names)


def _holds(expression: str, matches: Callable[[str], bool]) -> bool:
    def match(name: str, /, **_: str | int | bool | None) -> bool:
        return matches(name)

    try:
        return not expression or Expression.compile(expression).evaluate(match)
    except SyntaxError:
        return True  # pytest says better what is wrong
