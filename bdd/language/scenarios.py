"""The scenarios of a file, each with the headings it stands below and the lines it takes up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bdd.borrowed.pytest_bdd import Background, Feature, Rule, Scenario, Tag
from bdd.language.document import Document
from bdd.language.runs import Run, UsedStep, runs_of


@dataclass(frozen=True)
class PlacedScenario:
    """A scenario with its Feature, its Rule, the Backgrounds before it, and its lines."""

    node: Scenario
    feature: Feature
    rule: Rule | None
    backgrounds: tuple[Background, ...]
    lines: range

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags of the scenario and of the headings above it; rows may have further ones."""
        of_rule = self.rule.tags if self.rule else ()
        return (*self.feature.tags, *of_rule, *self.node.tags)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of the scenario in order."""
        return runs_of(self.feature, self.rule, self.backgrounds, self.node)

    @property
    def used_steps(self) -> Iterator[UsedStep]:
        """Every step of every run."""
        return (step for run in self.runs for step in run.steps)


def placed_scenarios(document: Document) -> list[PlacedScenario]:
    """Every scenario of the file in order."""
    if document.tree is None:
        return []
    feature = document.tree.feature
    starts = _starts(feature, len(document.lines) + 1)
    placed = _placed(feature, feature.children, None, ())
    return [replace(each, lines=_lines(each.node, starts)) for each in placed]


def _placed(
    feature: Feature,
    children: Sequence[Any],
    rule: Rule | None,
    backgrounds: tuple[Background, ...],
) -> Iterator[PlacedScenario]:
    for child in children:
        if child.background:
            backgrounds += (child.background,)
        elif child.scenario:
            yield PlacedScenario(child.scenario, feature, rule, backgrounds, range(0))
        elif child.rule:
            yield from _placed(feature, child.rule.children, child.rule, backgrounds)


def _starts(feature: Feature, end: int) -> list[int]:
    rules = [child.rule for child in feature.children if child.rule]
    children = [*feature.children, *(child for rule in rules for child in rule.children)]
    nodes: list[Rule | Scenario] = [*rules]
    nodes += [child.scenario for child in children if child.scenario]
    return sorted([*map(_start, nodes), end])


def _lines(node: Scenario, starts: Sequence[int]) -> range:
    start = _start(node)
    return range(start, next(each for each in starts if each > start))


def _start(node: Rule | Scenario) -> int:
    return min(each.location.line for each in (node, *node.tags))
