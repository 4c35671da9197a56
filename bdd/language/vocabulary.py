"""The words of a step language: placeholders with a meaning, and sentences made with them.

A step is written once, as a sentence: `{readers:Names} borrow/borrows {copies:Count} books`.
`Names` and `Count` are placeholder types. The pattern of a type decides what a sentence matches;
its `convert` reads the value or rejects it, which is found out before any scenario runs. Words
joined by a slash are alternatives, as in Cucumber Expressions; the first goes with the examples.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import signature
from string import Formatter
from typing import Any

import pytest_bdd
from pytest_bdd.parsers import StepParser

from bdd.language.tables import Decorator, Function, TableShape, takes_table
from bdd.language.things import Thing

UNSUITABLE = r".()*|\/"
"""Characters that Cucumber's editors take for a regular expression or an alternative."""

# Between spaces, because Cucumber takes what touches a word, such as a colon, for a part of it.
_ALTERNATIVES = re.compile(r"(?<!\S)[^\W\d_]+(?:/[^\W\d_]+)+(?!\S)")


@dataclass(frozen=True)
class PlaceholderType:
    """A kind of value that people write in a step, such as Count.

    `convert` raises ValueError, with a sentence for people, for text that the pattern lets
    through but that cannot be meant. The pattern is a regular expression without named groups
    that JavaScript understands too, because editors use it. `examples` are for a sentence where
    the type stands more than once; without them, `example` stands everywhere. `needs` are the
    things that a value counts on.
    """

    name: str
    convert: Callable[[str], object]
    pattern: str = r"\S+"
    example: str = "..."
    meaning: str = "..."
    examples: tuple[str, ...] = ()
    needs: Callable[[Any], Iterable[Thing]] = lambda _: ()

    def read(self, text: str) -> object:
        """The value that the text stands for.

        Raises:
            ValueError: the text cannot be read as this type.
        """
        if re.fullmatch(self.pattern, text) is None:
            raise ValueError(f"it is not {self.meaning}")
        return self.convert(text)

    def reads(self, text: str) -> bool:
        """Whether the text stands for a value of this type."""
        try:
            self.read(text)
        except ValueError:
            return False
        return True

    @property
    def is_selective(self) -> bool:
        """Whether its values can be told from any other words."""
        return not self.reads("the")


ANY_TEXT = PlaceholderType("", str, pattern=".+?", example="any text", meaning="any text")


@dataclass(frozen=True)
class Unreadable:
    """A value in a step or a cell that its type rejects, and why."""

    name: str
    type: PlaceholderType
    text: str
    reason: str


class Phrase(StepParser):
    """A sentence with typed placeholders; it matches a whole step, upper and lower case apart."""

    def __init__(self, text: str, fields: Mapping[str, PlaceholderType], pattern: str) -> None:
        super().__init__(text)
        self.fields = dict(fields)
        self._pattern = re.compile(pattern)

    @property
    def pattern(self) -> str:
        """The regular expression that a whole step matches."""
        return self._pattern.pattern

    def values(self, name: str) -> list[tuple[int, str, PlaceholderType]]:
        """Where each value of a matching step begins, the value, and its type."""
        match = self._pattern.fullmatch(name)
        if match is None:
            return []
        return [(match.start(key), match[key], kind) for key, kind in self.fields.items()]

    def is_matching(self, name: str) -> bool:
        """Whether the step is written with this sentence; its values may still be unreadable."""
        return self._pattern.fullmatch(name) is not None

    def parse_arguments(self, name: str) -> dict[str, object] | None:
        """The converted values by the names of the placeholders."""
        match = self._pattern.fullmatch(name)
        if match is None:
            return None
        return {field: self.fields[field].convert(text) for field, text in _values(match)}

    def unreadable(self, name: str) -> list[Unreadable]:
        """The values of a matching step that their types reject."""
        match = self._pattern.fullmatch(name)
        return [] if match is None else list(self._rejected(match))

    def plain(self) -> str:
        """The sentence with the names of its placeholders, without their types."""
        return _filled(self.name, {name: f"{{{name}}}" for name in self.fields})

    def example(self) -> str:
        """The sentence as somebody could write it."""
        return self.written({}, lambda _: True)

    def written(self, values: Mapping[str, str], preferred: Callable[[str], bool]) -> str:
        """The sentence with these values, else examples, and with the preferred alternatives."""

        def chosen(either: re.Match[str]) -> str:
            words = either[0].split("/")
            return next(filter(preferred, words), words[0])

        examples = {name: self._example_of(name) for name in self.fields}
        return _filled(_ALTERNATIVES.sub(chosen, self.name), {**examples, **values})

    def _example_of(self, name: str) -> str:
        kind = self.fields[name]
        alike = [field for field, other in self.fields.items() if other is kind]
        examples = kind.examples if len(alike) > 1 and kind.examples else [kind.example]
        return examples[alike.index(name) % len(examples)]

    def _rejected(self, match: re.Match[str]) -> Iterator[Unreadable]:
        for field, text in _values(match):
            try:
                self.fields[field].convert(text)
            except ValueError as error:
                yield Unreadable(field, self.fields[field], text, str(error))


class Vocabulary:
    """The placeholder types of a project, and the step decorators that understand them."""

    def __init__(self, *types: PlaceholderType) -> None:
        self._types = {kind.name: kind for kind in types}

    def given(self, text: str, *, target_fixture: str | None = None) -> Decorator:
        """Defines a step that prepares."""
        return _definer(pytest_bdd.given, self.phrase(text), target_fixture)

    def when(self, text: str, *, target_fixture: str | None = None) -> Decorator:
        """Defines a step that acts."""
        return _definer(pytest_bdd.when, self.phrase(text), target_fixture)

    def then(self, text: str, *, target_fixture: str | None = None) -> Decorator:
        """Defines a step that looks at the outcome."""
        return _definer(pytest_bdd.then, self.phrase(text), target_fixture)

    def table(
        self,
        required: Mapping[str, str],
        optional: Mapping[str, str] | None = None,
        *,
        named_by: str = "",
    ) -> Decorator:
        """Gives the step function its table as `datatable: list[dict[str, object]]`.

        The mappings go from a column's heading to the name of the type of its cells. A column
        that is left out, like an empty cell in an optional column, is not in the dictionaries.
        What stands in the column `named_by`, if any, must differ from row to row.
        """
        columns = {name: self._type(kind) for name, kind in required.items()}
        further = {name: self._type(kind) for name, kind in (optional or {}).items()}
        return takes_table(TableShape(columns, further, named_by))

    def phrase(self, text: str) -> Phrase:
        """The sentence as a pytest-bdd step parser.

        Raises:
            ValueError: the sentence names an unknown type or cannot be understood by editors.
        """
        _reject_unsuitable(text)
        fields: dict[str, PlaceholderType] = {}
        pattern = ""
        for literal, field, kind, _ in Formatter().parse(text):
            pattern += _literal_pattern(literal)
            if field is not None:
                fields[field] = self._type(kind) if kind else ANY_TEXT
                pattern += f"(?P<{field}>{fields[field].pattern})"
        return Phrase(text, fields, pattern)

    def _type(self, name: str) -> PlaceholderType:
        if name not in self._types:
            raise ValueError(f"there is no type {name!r}, only {', '.join(sorted(self._types))}")
        return self._types[name]


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    parts = Formatter().parse(sentence)
    return "".join(literal + (values[field] if field else "") for literal, field, _, _ in parts)


def _reject_unsuitable(text: str) -> None:
    parts = Formatter().parse(_ALTERNATIVES.sub("", text))
    found = sorted({char for literal, *_ in parts for char in literal if char in UNSUITABLE})
    if found:
        hint = ", and a slash joins whole words only" if "/" in found else ""
        chars = " ".join(found)
        raise ValueError(f"the fixed words of a step cannot contain {chars}{hint}: {text!r}")


def _literal_pattern(literal: str) -> str:
    # Every slash that has not been rejected joins alternatives.
    return re.sub(r"\S+", lambda word: f"(?:{re.escape(word[0]).replace('/', '|')})", literal)


def _values(match: re.Match[str]) -> list[tuple[str, str]]:
    return list(match.groupdict().items())


def _definer(
    define: Callable[..., Callable[[Callable[..., object]], object]],
    phrase: Phrase,
    target_fixture: str | None,
) -> Decorator:
    def decorate(function: Function) -> Function:
        untaken = phrase.fields.keys() - signature(function).parameters.keys()
        if untaken:
            names = ", ".join(sorted(untaken))
            raise TypeError(f"{function.__qualname__} does not take {names}: {phrase.name!r}")
        define(phrase, target_fixture=target_fixture, stacklevel=2)(function)
        return function

    return decorate
