"""Tables under a step: which columns they have, and how their rows are read."""

import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import wraps
from typing import Protocol, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])
Rows = Sequence[Sequence[str]]


class Decorator(Protocol):
    """Decorates a step function and leaves its type as it is."""

    def __call__(self, function: Function, /) -> Function:
        """The step function, registered."""


class CellType(Protocol):
    """What a table needs to know of a placeholder type."""

    @property
    def example(self) -> str:
        """A value as people write it."""

    @property
    def meaning(self) -> str:
        """What such a value is."""

    def read(self, text: str) -> object:
        """The value; ValueError if the text cannot be read."""


@dataclass(frozen=True)
class TableProblem:
    """A mistake in a table; `row` counts from the heading, which is row 0."""

    row: int
    what: str
    do: str
    meant: str = ""


@dataclass(frozen=True)
class TableShape:
    """The columns a step's table must have and those it may have.

    No two rows have the same in the column `named_by`, if there is one.
    """

    required: Mapping[str, CellType]
    optional: Mapping[str, CellType]
    named_by: str = ""

    @property
    def columns(self) -> dict[str, CellType]:
        """Every column there can be."""
        return {**self.required, **self.optional}

    def problems(self, rows: Rows) -> list[TableProblem]:
        """All that is wrong with the table: headings first, and if these are right, cells."""
        if found := list(self._heading_problems(rows)):
            return found
        return [*self._cell_problems(rows), *self._named_twice(rows)]

    def read(self, rows: Rows) -> list[dict[str, object]]:
        """The rows below the heading as dictionaries of converted values."""
        return [
            {name: self.columns[name].read(cell) for name, cell in self._cells(rows[0], row)}
            for row in rows[1:]
        ]

    def example(self) -> str:
        """A table of one row with all columns."""
        cells = [(name, kind.example) for name, kind in self.columns.items()]
        widths = [max(len(name), len(value)) for name, value in cells]
        lines = [[cell[line] for cell in cells] for line in (0, 1)]
        return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)

    def _heading_problems(self, rows: Rows) -> Iterator[TableProblem]:
        yield from self._misnamed(rows[0])
        for name, kind in self.required.items():
            if name not in rows[0]:
                do = f"add the column `{name}`, with {kind.meaning} in each row"
                yield TableProblem(0, f"the column `{name}` is missing", do)
        if len(rows) == 1:
            yield TableProblem(0, "the table has a heading but no rows", "add a row")

    def _misnamed(self, heading: Sequence[str]) -> Iterator[TableProblem]:
        for name, count in Counter(heading).items():
            if name not in self.columns:
                meant = "".join(get_close_matches(name, self.columns, n=1))
                do = f"the columns of this table are: {', '.join(self.columns)}"
                yield TableProblem(0, f"this table has no column `{name}`", do, meant)
            if count > 1:
                what = f"the column `{name}` is there {count} times"
                yield TableProblem(0, what, "name each column once")

    def _cell_problems(self, rows: Rows) -> Iterator[TableProblem]:
        for number, row in enumerate(rows[1:], start=1):
            for name, cell in self._cells(rows[0], row):
                kind = self.columns[name]
                try:
                    kind.read(cell)
                except ValueError as error:
                    what = f"`{cell}` cannot be read as the column `{name}`: {error}"
                    do = f"write {kind.meaning}, such as {kind.example}"
                    yield TableProblem(number, what, do)

    def _named_twice(self, rows: Rows) -> Iterator[TableProblem]:
        names = [dict(zip(rows[0], row, strict=True)).get(self.named_by) for row in rows[1:]]
        for number, name in enumerate(names, start=1):
            if name is not None and name in names[: number - 1]:
                what = f"another row has the {self.named_by} `{name}`, too"
                yield TableProblem(number, what, f"name each {self.named_by} once")

    def _cells(self, heading: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
        cells = zip(heading, row, strict=True)
        return [(name, cell) for name, cell in cells if cell or name in self.required]


def takes_table(shape: TableShape) -> Decorator:
    """Gives a step function its table read by the shape instead of as text."""

    def decorate(function: Function) -> Function:
        if "datatable" not in inspect.signature(function).parameters:
            raise TypeError(f"{function.__qualname__} has a table but does not take `datatable`")
        if inspect.isgeneratorfunction(function):
            raise TypeError(f"{function.__qualname__} has a table, so it cannot yield")

        @wraps(function)
        def step(**arguments: object) -> object:
            rows = cast("Rows", arguments.pop("datatable"))
            return function(datatable=shape.read(rows), **arguments)

        step.table_shape = shape  # type: ignore[attr-defined]
        return cast("Function", step)

    return decorate


def shape_of(function: Callable[..., object]) -> TableShape | None:
    """The shape of the table that the step function reads, if it has one."""
    shape = getattr(function, "table_shape", None)
    return shape if isinstance(shape, TableShape) else None
