"""Examples and the `<placeholders>` that they fill in."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from bdd.borrowed.pytest_bdd import ExamplesTable, Scenario, Step
from bdd.language.document import Document
from bdd.language.keywords import nearest
from bdd.language.problems import Problem
from bdd.language.scenarios import PlacedScenario, placed_scenarios

LIKENESS = 0.6

PLACEHOLDER = re.compile(r"<([^<>\s](?:[^<>]*[^<>\s])?)>")
"""`<name>`; the comparison in `3 < 4 and 5 > 4` is none."""


def outline_problems(document: Document) -> Iterator[Problem]:
    """Examples that run nothing or fill in nothing, and placeholders that nothing fills in."""
    for scenario in placed_scenarios(document):
        yield from _of_scenario(document, scenario)
        for background in scenario.backgrounds:
            yield from _without_examples(document, background.steps)


def _of_scenario(document: Document, scenario: PlacedScenario) -> Iterator[Problem]:
    node = scenario.node
    if node.examples:
        yield from chain.from_iterable(_of_table(document, each) for each in node.examples)
        yield from _unfilled(document, node)
    elif node.keyword in document.keywords.outlines:
        what = f"the {node.keyword} has no Examples"
        do = "add `Examples:` with a table below the steps"
        yield Problem(node.location.line, what, document.line(node.location.line), do)
    else:
        yield from _without_examples(document, node.steps)


def _of_table(document: Document, examples: ExamplesTable) -> Iterator[Problem]:
    line = examples.location.line
    if not examples.table_body:
        what = "these Examples have no rows, so nothing runs"
        do = "add a table: a line with the names of the columns, and a row for each example"
        yield Problem(line, what, document.line(line), do)
    for name, count in Counter(_columns(examples)).items():
        if count > 1 or not name:
            line = _heading_line(examples)
            what = f"the column `{name}` is there {count} times" if name else "a column has no name"
            yield Problem(line, what, document.line(line), "give each column a name of its own")
    yield from _same_rows(document, examples)
    for tag in examples.tags:
        if ":" in tag.name:
            what = "a tag with a value cannot belong to some of the rows only"
            yield Problem(tag.location.line, what, tag.name, "put it above the scenario")


def _same_rows(document: Document, examples: ExamplesTable) -> Iterator[Problem]:
    lines: dict[tuple[str, ...], int] = {}
    for row in examples.table_body or ():
        line = row.location.line
        first = lines.setdefault(tuple(cell.value for cell in row.cells), line)
        if first != line:
            what = f"line {first} has the same values"
            yield Problem(line, what, document.line(line), "change a value, or remove the row")


def _unfilled(document: Document, node: Scenario) -> Iterator[Problem]:
    used = _in_steps(node.steps) | dict.fromkeys(_names(node.name), node.location.line)
    texts = [step.docstring.content for step in node.steps if step.docstring]
    mentioned = [*used, *_names(*texts)]
    for examples in node.examples:
        columns = _columns(examples)
        for name, line in used.items():
            if columns and name not in columns:
                yield _unknown(document, name, line, columns)
        for name in columns:
            if name and name not in mentioned:
                yield _unused(document, name, examples, mentioned)


def _unknown(document: Document, name: str, line: int, columns: list[str]) -> Problem:
    near = nearest(name, columns, LIKENESS)
    what = f"the Examples have no column for <{name}>"
    do = f"use one of their columns ({', '.join(columns)}), or add a column `{name}`"
    return Problem(line, what, document.line(line), do, near and f"<{near}>")


def _unused(document: Document, name: str, examples: ExamplesTable, used: list[str]) -> Problem:
    line = _heading_line(examples)
    do = f"write <{name}> in a step or in the scenario's name, or remove the column"
    what = f"no step uses the column `{name}`"
    return Problem(line, what, document.line(line), do, nearest(name, used, LIKENESS))


def _without_examples(document: Document, steps: list[Step]) -> Iterator[Problem]:
    for name, line in _in_steps(steps).items():
        what = f"there are no Examples that fill in <{name}>"
        do = "write the value itself; only a Scenario Outline has Examples"
        yield Problem(line, what, document.line(line), do)


def _in_steps(steps: list[Step]) -> dict[str, int]:
    """The placeholders of steps and their tables, each with a line where it stands.

    The text below a step is left out: it may be in a language that has angle brackets itself.
    """
    found = {name: step.location.line for step in steps for name in _names(step.text)}
    for step in steps:
        for row in step.datatable.rows if step.datatable else []:
            for name in _names(*(cell.value for cell in row.cells)):
                found.setdefault(name, row.location.line)
    return found


def _names(*texts: str) -> list[str]:
    return [name for text in texts for name in PLACEHOLDER.findall(text)]


def _columns(examples: ExamplesTable) -> list[str]:
    header = examples.table_header
    return [cell.value for cell in header.cells] if header else []


def _heading_line(examples: ExamplesTable) -> int:
    return (examples.table_header or examples).location.line
