"""The steps as scenarios use them: typed, and with the values of Outline rows filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pytest_bdd.gherkin_parser import ExamplesTable, Step
from pytest_bdd.parser import render_string
from pytest_bdd.types import GIVEN, STEP_TYPE_BY_PARSER_KEYWORD

from bdd.language.definitions import StepDefinition
from bdd.language.document import PlacedScenario


@dataclass(frozen=True)
class Row:
    """One run of a scenario: the line and the values of its row in Examples, if it has any."""

    line: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class UsedStep:
    """A step in one run of a scenario.

    `line` is the step's own, `told_at` that of the row if the row changed what the step says.
    """

    type: str
    keyword: str
    text: str
    line: int
    told_at: int
    table: tuple[tuple[str, ...], ...]
    table_lines: tuple[int, ...]
    has_docstring: bool

    @property
    def read(self) -> str:
        """The step as it stands in the file, values filled in."""
        return f"{self.keyword} {self.text}"

    def serving(self, definitions: Sequence[StepDefinition]) -> list[StepDefinition]:
        """The definitions that are meant for the step."""
        return [each for each in definitions if each.serves(self.type, self.text)]


def rows(scenario: PlacedScenario) -> list[Row]:
    """The runs of a scenario."""
    found = [row for examples in scenario.node.examples for row in _rows(examples)]
    return found or [Row()]


def used_steps(scenario: PlacedScenario) -> list[UsedStep]:
    """Every step of every run of a scenario, those of its Backgrounds first."""
    blocks = [*(background.steps for background in scenario.backgrounds), scenario.node.steps]
    return [
        _used(step, type_, row)
        for row in rows(scenario)
        for block in blocks
        for step, type_ in zip(block, _types(block), strict=True)
    ]


def _rows(examples: ExamplesTable) -> Iterator[Row]:
    if examples.table_header is not None:
        names = [cell.value for cell in examples.table_header.cells]
        tags = tuple(tag.name for tag in examples.tags)
        for row in examples.table_body or []:
            values = [cell.value for cell in row.cells]
            yield Row(row.location.line, dict(zip(names, values, strict=True)), tags)


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
        has_docstring=step.docstring is not None,
    )
