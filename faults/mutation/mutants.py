"""The server's sources, each time with one small change: a mutant."""

import difflib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import libcst
from mutmut.mutation.file_mutation import Mutation, create_mutations

DESCRIBING = ("__init__.py", "edges/openapi.py", "edges/asyncapi.py", "edges/documents.py")
"""Modules that serve nothing: names to import, and the text of the published documents."""


@dataclass(frozen=True, eq=False)
class Mutant:
    """One change to one module; `number` is its place among all mutants of the same sources."""

    number: int
    path: str
    module: libcst.Module
    mutation: Mutation

    @cached_property
    def source(self) -> str:
        """The whole module with the change."""
        original, mutated = self.mutation.original_node, self.mutation.mutated_node
        changed = self.module.deep_replace(original, mutated)
        assert isinstance(changed, libcst.Module)
        return changed.code

    @property
    def function(self) -> str:
        """The function or method that is changed."""
        function = self.mutation.contained_by_top_level_function
        return function.name.value if isinstance(function, libcst.FunctionDef) else "the module"

    @cached_property
    def change(self) -> str:
        """Where it is and what it does, for people: lines that begin with `-` and `+`."""
        before, after = self.module.code.splitlines(), self.source.splitlines()
        lines = [line for line in difflib.ndiff(before, after) if line.startswith(("- ", "+ "))]
        return "\n".join([f"{self.path}, {self.function}", *(_unindented(each) for each in lines)])


def all_mutants(root: Path) -> list[Mutant]:
    """Every mutant of the server in `root`/app.

    Left out are the describing modules, and changes to what is said to people: the contract
    promises a sentence and not its words.
    """
    found: list[Mutant] = []
    for file in sorted(root.glob("app/**/*.py")):
        path = file.relative_to(root).as_posix()
        if not path.endswith(DESCRIBING):
            found += _mutants_of(path, file.read_text(encoding="utf-8"), len(found) + 1)
    return found


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them, drawn at random: the same ones for the same seed and sources."""
    drawn = random.Random(seed).sample(mutants, min(count, len(mutants)))  # noqa: S311 - no secret
    return sorted(drawn, key=lambda mutant: mutant.number)


def _mutants_of(path: str, source: str, number: int) -> Iterator[Mutant]:
    module, mutations, *_ = create_mutations(path, source)
    kept = [each for each in mutations if not _is_wording(each.original_node)]
    for offset, mutation in enumerate(kept):
        yield Mutant(number + offset, path, module, mutation)


def _is_wording(node: libcst.CSTNode) -> bool:
    return isinstance(node, libcst.SimpleString) and " " in node.value


def _unindented(line: str) -> str:
    return f"{line[:2]}{line[2:].strip()}"
