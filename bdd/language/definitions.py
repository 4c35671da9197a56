"""The step definitions of a test run, and what can be known of them without running one."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

import pytest
from pytest_bdd.parsers import StepParser

from bdd.borrowed.pytest_bdd import defined_in
from bdd.language.problems import shown
from bdd.language.tables import TableShape, shape_of
from bdd.language.vocabulary import Phrase, PlaceholderType, Unreadable

StepType = Literal["given", "when", "then"]
Need = Literal["required", "optional", "none"]


@dataclass(frozen=True, eq=False)
class StepDefinition:
    """One step function under one of its sentences; without a type it serves all three."""

    type: StepType | None
    parser: StepParser
    function: Callable[..., object]
    file: str

    @property
    def text(self) -> str:
        """The sentence as it is defined."""
        return self.parser.name

    @property
    def fields(self) -> dict[str, PlaceholderType]:
        """The placeholders of the sentence."""
        return self.parser.fields if isinstance(self.parser, Phrase) else {}

    @property
    def line(self) -> int:
        """Where the step function begins."""
        line: int = inspect.unwrap(self.function).__code__.co_firstlineno
        return line

    @property
    def where(self) -> str:
        """`file:line` of the step function."""
        return f"{self.file}:{self.line}"

    @property
    def doc(self) -> str:
        """What the step does, in the words of its author."""
        return inspect.getdoc(self.function) or ""

    @property
    def shape(self) -> TableShape | None:
        """The table that the step reads."""
        return shape_of(self.function)

    @property
    def is_async(self) -> bool:
        """Whether the step would never be run, because nobody awaits it."""
        function = inspect.unwrap(self.function)
        return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)

    def is_of(self, type_: str) -> bool:
        """Whether the definition is meant for steps of the type."""
        return self.type in (None, type_)

    def serves(self, type_: str, text: str) -> bool:
        """Whether the definition is meant for the step."""
        return self.is_of(type_) and self.parser.is_matching(text)

    def unreadable(self, text: str) -> list[Unreadable]:
        """The values of a step that cannot be read."""
        return self.parser.unreadable(text) if isinstance(self.parser, Phrase) else []

    def need(self, argument: Literal["datatable", "docstring"]) -> Need:
        """Whether the step function takes a table or a text below the step."""
        parameter = inspect.signature(self.function).parameters.get(argument)
        if parameter is None:
            return "none"
        return "required" if parameter.default is parameter.empty else "optional"

    def example(self) -> str:
        """The step as somebody could write it."""
        return self.parser.example() if isinstance(self.parser, Phrase) else self.text

    def written(self, values: Mapping[str, str], preferred: Callable[[str], bool]) -> str:
        """The step with these values, else examples, and with the preferred alternatives."""
        phrase = self.parser
        return phrase.written(values, preferred) if isinstance(phrase, Phrase) else self.text

    def plain(self) -> str:
        """The sentence with the names of its placeholders, without their types."""
        return self.parser.plain() if isinstance(self.parser, Phrase) else self.text


def definitions_of(config: pytest.Config) -> list[StepDefinition]:
    """All definitions in plugins and conftest files, by file and line; they hold everywhere."""
    modules = [
        plugin
        for plugin in config.pluginmanager.get_plugins()
        if isinstance(plugin, ModuleType) and not plugin.__name__.startswith("pytest_bdd.")
    ]
    found = [each for module in modules for each in definitions_in(module, config.rootpath)]
    return sorted(found, key=lambda each: (each.file, each.line))


def definitions_in(module: ModuleType, root: Path) -> list[StepDefinition]:
    """The definitions of a module; their file is told relative to the root."""
    file = shown(Path(module.__file__ or ""), root)
    return [
        StepDefinition(each.type, each.parser, each.step_func, file) for each in defined_in(module)
    ]
