"""A feature file as it was read: its lines, its tree, and what could not be understood."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gherkin.ast_builder import AstBuilder
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser

from bdd.borrowed.pytest_bdd import GherkinDocument
from bdd.language.keywords import HEADING, Keywords
from bdd.language.problems import Problem
from bdd.language.syntax import empty_file, not_utf8, syntax_problems

ENCODING = "utf-8-sig"
"""UTF-8, with or without the byte-order mark that some editors write."""

LANGUAGE = re.compile(r"\s*#\s*language\s*:\s*([\w-]+)\s*")


@dataclass(frozen=True)
class Prose:
    """A line that was taken as description, and the kind of thing that it describes."""

    line: int
    text: str
    below: str


@dataclass(frozen=True)
class Document:
    """A feature file.

    If it has problems, the tree lacks the lines that could not be understood; without a Feature
    there is no tree.
    """

    path: Path
    lines: tuple[str, ...] = ()
    tree: GherkinDocument | None = None
    prose: tuple[Prose, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def keywords(self) -> Keywords:
        """The keywords of the language that the file is written in."""
        found = next(filter(None, map(LANGUAGE.fullmatch, self.lines)), None)
        return Keywords.of(found[1] if found else "en")

    @property
    def misread_headings(self) -> frozenset[int]:
        """The lines that were taken as description, though a keyword was meant."""
        return frozenset(prose.line for prose in self.prose if self.heading_meant(prose))

    @property
    def foreign_steps(self) -> dict[int, str]:
        """The steps that were taken as description for their English keywords, as meant."""
        meant = {prose.line: self.keywords.translated(prose.text) for prose in self.prose}
        return {line: text for line, text in meant.items() if text}

    def heading_meant(self, prose: Prose) -> str:
        """The heading that a line of a description was probably meant as, else nothing.

        Without its colon it is one only if what follows belongs below it: a description, too, may
        begin with the word Scenarios.
        """
        keywords = self.keywords
        meant = keywords.block_meant(prose.text)
        if not meant or HEADING.match(prose.text):
            return meant
        following = next(filter(None, map(str.strip, self.lines[prose.line :])), "")
        return meant if keywords.belongs_below(following, meant.partition(":")[0]) else ""

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without the spaces around it."""
        return self.lines[number - 1].strip() if number <= len(self.lines) else ""


def read(path: Path) -> Document:
    """Reads and parses the file; what goes wrong becomes the document's problems."""
    try:
        text = path.read_text(ENCODING)
    except UnicodeDecodeError as error:
        return Document(path, problems=(not_utf8(error),))
    return _parsed(path, text)


def _parsed(path: Path, text: str) -> Document:
    builder = _ProseKeeper()
    document = Document(path, tuple(text.split("\n")))
    problems: list[Problem] = []
    try:
        Parser(builder).parse(text)
    except CompositeParserException as failure:
        problems += syntax_problems(document.lines, document.keywords, failure.errors)
    tree: Any = builder.get_result()
    has_feature = "feature" in (tree or {})
    return replace(
        document,
        tree=GherkinDocument.from_dict(tree) if has_feature else None,
        prose=tuple(builder.prose),
        problems=tuple(problems) if problems or has_feature else (empty_file(),),
    )


class _ProseKeeper(AstBuilder):
    """Builds the tree and remembers which lines became descriptions."""

    def __init__(self) -> None:
        super().__init__()
        self.prose: list[Prose] = []

    def end_rule(self, rule_type: str) -> None:
        node = self.current_node
        super().end_rule(rule_type)
        if rule_type == "Description":
            below = self.current_node.rule_type
            for token in node.get_tokens("Other"):
                if text := token.token_value().strip():
                    self.prose.append(Prose(token.location["line"], text, below))
