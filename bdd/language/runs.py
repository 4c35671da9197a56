"""The runs of a scenario, values filled in: one, or one for each row of its Examples.

A run is what is checked, bound to a test function, recorded and reported.
"""

import inspect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bdd.borrowed.pytest_bdd import (
    GIVEN,
    STEP_TYPE_BY_PARSER_KEYWORD,
    Background,
    ExamplesTable,
    Feature,
    Rule,
    Scenario,
    Step,
    Tag,
    render_string,
)
from bdd.language.definitions import StepDefinition

LONGEST_NAME = 150


@dataclass(frozen=True)
class Row:
    """The line and the values of a row in Examples; 0 and none where there are no Examples.

    `examples` is the title of the Examples, often empty.
    """

    line: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    examples: str = ""


@dataclass(frozen=True)
class UsedStep:
    """A step in one run of a scenario, or `of_background` before it.

    `line` is the step's own, `told_at` that of the row if the row changed what the step says.
    """

    type: str
    keyword: str
    text: str
    line: int
    told_at: int
    table: tuple[tuple[str, ...], ...]
    table_lines: tuple[int, ...]
    docstring: str | None
    of_background: bool = False

    @property
    def read(self) -> str:
        """The step as it stands in the file, values filled in."""
        return f"{self.keyword} {self.text}"

    def serving(self, definitions: Sequence[StepDefinition]) -> list[StepDefinition]:
        """The definitions that are meant for the step."""
        return [each for each in definitions if each.serves(self.type, self.text)]


@dataclass(frozen=True)
class Run:
    """One run of a scenario.

    `name` is its part of pytest's node id, which no other run of the scenario has; `title` the
    scenario's name with the values of the row. `line` is that of the row, else the scenario's.
    `steps` begin with those of the Backgrounds; `tags` have no @.
    """

    name: str
    title: str
    line: int
    row: Row
    feature: str
    feature_description: str
    rule: str
    description: str
    tags: tuple[str, ...]
    steps: tuple[UsedStep, ...]


def runs_of(
    feature: Feature, rule: Rule | None, backgrounds: Sequence[Background], scenario: Scenario
) -> tuple[Run, ...]:
    """The runs of a scenario in the order of the file."""
    blocks = [*((each.steps, True) for each in backgrounds), (scenario.steps, False)]
    tags = [*feature.tags, *(rule.tags if rule else ()), *scenario.tags]
    rows = [row for examples in scenario.examples for row in _rows(examples)] or [Row()]
    runs = [
        Run(
            name=node_name(scenario) + _suffix(row),
            title=render_string(scenario.name, row.values),
            line=row.line or scenario.location.line,
            row=row,
            feature=feature.name,
            feature_description=inspect.cleandoc(feature.description),
            rule=rule.name if rule else "",
            description=inspect.cleandoc(scenario.description),
            tags=tuple(sorted({tag.name.removeprefix("@") for tag in (*tags, *row.tags)})),
            steps=tuple(_steps(blocks, row)),
        )
        for row in rows
    ]
    return tuple(_told_apart(runs))


def node_name(scenario: Scenario) -> str:
    """The scenario's name as it stands in node ids."""
    return _safe(scenario.name)


def _told_apart(runs: Sequence[Run]) -> Iterator[Run]:
    seen: Counter[str] = Counter()
    for run in runs:
        seen[run.name] += 1
        number = seen[run.name]
        yield run if number == 1 else replace(run, name=f"{run.name[:-1]} #{number}]")


def _suffix(row: Row) -> str:
    values = ", ".join(f"{name}={value}" for name, value in row.values.items())
    if len(values) > LONGEST_NAME:
        values = values[: LONGEST_NAME - 3] + "..."
    return f"[{_safe(values)}]" if values else ""


def _safe(text: str) -> str:
    """The text without what pytest would take for the border between the parts of a node id."""
    visible = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return visible.replace("::", ":")


def _rows(examples: ExamplesTable) -> Iterator[Row]:
    if examples.table_header is not None:
        names = [cell.value for cell in examples.table_header.cells]
        for row in examples.table_body or []:
            values = [cell.value for cell in row.cells]
            told = dict(zip(names, values, strict=True))
            yield Row(row.location.line, told, (*examples.tags,), examples.name or "")


def _steps(blocks: Sequence[tuple[Sequence[Step], bool]], row: Row) -> Iterator[UsedStep]:
    for block, of_background in blocks:
        for step, type_ in zip(block, _types(block), strict=True):
            yield replace(_used(step, type_, row), of_background=of_background)


def _types(steps: Sequence[Step]) -> Iterator[str]:
    type_: str = GIVEN
    for step in steps:
        type_ = STEP_TYPE_BY_PARSER_KEYWORD.get(step.keyword_type, type_)
        yield type_


def _used(step: Step, type_: str, row: Row) -> UsedStep:
    lines = step.datatable.rows if step.datatable else []
    raw = tuple(tuple(cell.value for cell in line.cells) for line in lines)
    text = render_string(step.text, row.values)
    table = tuple(tuple(render_string(cell, row.values) for cell in line) for line in raw)
    changed = (text, table) != (step.text, raw)
    return UsedStep(
        type=type_,
        keyword=step.keyword,
        text=text,
        line=step.location.line,
        told_at=row.line if changed else step.location.line,
        table=table,
        table_lines=tuple(line.location.line for line in lines),
        docstring=render_string(step.docstring.content, row.values) if step.docstring else None,
    )
