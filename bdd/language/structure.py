"""Features, Rules and scenarios that look complete to their author but are not."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from bdd.borrowed.pytest_bdd import (
    STEP_TYPE_BY_PARSER_KEYWORD,
    Background,
    Feature,
    Rule,
    Scenario,
    Step,
)
from bdd.language.document import Document
from bdd.language.problems import Problem
from bdd.language.scenarios import PlacedScenario, placed_scenarios


def structure_problems(document: Document) -> Iterator[Problem]:
    """Missing names, steps and scenarios, scenarios that hide each other, strays below a Rule."""
    if document.tree is None:
        return
    feature = document.tree.feature
    scenarios = placed_scenarios(document)
    rules = [child.rule for child in feature.children if child.rule]
    parents: list[Feature | Rule] = [feature, *rules]
    nodes = [*parents, *(each.node for each in scenarios)]
    yield from chain.from_iterable(_unnamed(document, node) for node in nodes)
    yield from _childless(document, parents)
    yield from _same_names(document, scenarios)
    yield from chain.from_iterable(_stray(document, each) for each in scenarios)
    blocks: dict[str, Background | Scenario] = {each.node.id: each.node for each in scenarios}
    blocks |= {block.id: block for each in scenarios for block in each.backgrounds}
    yield from chain.from_iterable(_beginning(document, block) for block in blocks.values())


def _unnamed(document: Document, node: Feature | Rule | Scenario) -> Iterator[Problem]:
    if not node.name:
        line = node.location.line
        what = f"the {node.keyword} has no name"
        do = f"write a name after `{node.keyword}:`, on the same line"
        yield Problem(line, what, document.line(line), do)


def _childless(document: Document, parents: Sequence[Feature | Rule]) -> Iterator[Problem]:
    ends = [*(node.location.line for node in parents[1:]), sys.maxsize]
    for node, end in zip(parents, ends, strict=True):
        line = node.location.line
        childless = not any(child.scenario or child.rule for child in node.children)
        # A scenario whose heading was misread is a problem of its own.
        if childless and not any(line < each < end for each in document.misread_headings):
            what = f"there is no scenario in this {node.keyword}"
            yield Problem(line, what, document.line(line), "write a scenario, or remove it")


def _same_names(document: Document, scenarios: list[PlacedScenario]) -> Iterator[Problem]:
    lines = defaultdict(list)
    for scenario in scenarios:
        lines[scenario.node.name].append(scenario.node.location.line)
    for first, *further in lines.values():
        for line in further:
            what = f"line {first} has a scenario of the same name"
            do = "give each scenario of a file a name of its own, across Rules too"
            yield Problem(line, what, document.line(line), do)


def _stray(document: Document, scenario: PlacedScenario) -> Iterator[Problem]:
    rule, node = scenario.rule, scenario.node
    if rule is not None and node.location.column <= rule.location.column:
        if mixed := _mixed(document, node, rule):
            yield mixed
            return
        what = f"the scenario belongs to the Rule of line {rule.location.line}, `{rule.name}`"
        do = (
            "indent it below its Rule; a scenario without a Rule stands above the first one, "
            "because a Rule ends only at the next"
        )
        yield Problem(node.location.line, what, document.line(node.location.line), do)


def _mixed(document: Document, node: Scenario, rule: Rule) -> Problem | None:
    """Tabs in one line and spaces in the other: nobody sees which one is indented further."""
    lines = [document.lines[each.location.line - 1] for each in (rule, node)]
    indents = [line[: len(line) - len(line.lstrip())] for line in lines]
    if "\t" not in "".join(indents) or " " not in "".join(indents):
        return None
    tabbed = "this line" if "\t" in indents[1] else "the Rule"
    line, of_rule = node.location.line, rule.location.line
    what = f"tabs and spaces are mixed: {tabbed} is indented by a tab (the Rule is line {of_rule})"
    return Problem(line, what, document.line(line), "indent every line with spaces")


def _beginning(document: Document, block: Background | Scenario) -> Iterator[Problem]:
    line = block.location.line
    if not block.steps:
        if document.foreign_steps:
            return  # its steps begin in another language, which is told already
        what = f"the {block.keyword} has no steps"
        yield Problem(line, what, document.line(line), "write its steps, or remove it")
    elif block.steps[0].keyword_type not in STEP_TYPE_BY_PARSER_KEYWORD:
        yield _continuing(document, block.steps[0])


def _continuing(document: Document, step: Step) -> Problem:
    line = step.location.line
    what = f"a first step cannot begin with `{step.keyword}`, it continues nothing"
    do = "begin it with Given, When or Then"
    return Problem(line, what, document.line(line), do)
