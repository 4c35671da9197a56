"""The server's sources, each time with one small change: a mutant."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import libcst
from libcst import matchers
from mutmut.mutation.file_mutation import Mutation, create_mutations

DOCUMENTS, SENTENCES = "the published documents", "sentences for people"
"""What is left out within the modules that are tried, too."""

DESCRIBING = ("__init__.py", "edges/openapi.py", "edges/asyncapi.py", "edges/documents.py")
"""Modules that serve nothing: names to import, and the text of the published documents."""

ELSEWHERE = ("app/replicas/", "app/page/")
"""What runs only with a store that several servers share, and the files of the page for people:
the contract of a single server says nothing of them, and they have tests of their own."""

_DESCRIBING_ARGUMENTS = (
    *("description", "examples", "help", "json_schema_extra", "openapi_extra", "operation_id"),
    *("prog", "responses", "summary", "tags", "title", "version"),
)
_DESCRIBES = matchers.OneOf(
    matchers.Call(func=matchers.Name("WithJsonSchema")),
    matchers.Arg(keyword=matchers.OneOf(*map(matchers.Name, _DESCRIBING_ARGUMENTS))),
)
"""Arguments for the published documents and for the help of the command line."""


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

    @property
    def place(self) -> str:
        """The module's path, and the function."""
        return f"{self.path}, {self.function}"

    @cached_property
    def change(self) -> str:
        """Where it is and what it does, for people: lines that begin with `-` and `+`."""
        before, after = self.module.code.splitlines(), self.source.splitlines()
        same = _common_start(before, after)
        before, after = before[same:], after[same:]
        rest = _common_start(before[::-1], after[::-1])
        lines = [f"- {line.strip()}" for line in before[: len(before) - rest]]
        lines += [f"+ {line.strip()}" for line in after[: len(after) - rest]]
        return "\n".join([self.place, *lines])


def all_mutants(root: Path) -> list[Mutant]:
    """Every mutant of the server in `root`/app, but for what `left_out` counts."""
    found: list[Mutant] = []
    for path, source in _sources(root):
        if not _room_left_out(path):
            found += _mutants_of(path, source, len(found) + 1)
    return found


def left_out(root: Path) -> Counter[str]:
    """How many mutants are not looked at, by what they change.

    Left out are the describing modules and arguments, what is at work elsewhere, and changes to
    what is said to people: the tool puts XX around a sentence, or changes its case, and the
    contract promises words in it and not their case.
    """
    counts: Counter[str] = Counter()
    for path, source in _sources(root):
        module, mutations, *_ = create_mutations(path, source)
        describing = _describing_nodes(module)
        room = _room_left_out(path)
        counts.update(room or _left_out_within(each, describing) for each in mutations)
    del counts[""]
    return counts


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(root.glob("app/**/*.py")):
        yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")


def _room_left_out(path: str) -> str:
    if path.endswith(DESCRIBING):
        return DOCUMENTS
    return next((f"`{each}`" for each in ELSEWHERE if path.startswith(each)), "")


def _left_out_within(mutation: Mutation, describing: set[libcst.CSTNode]) -> str:
    if _is_wording(mutation.original_node):
        return SENTENCES
    return DOCUMENTS if _changed_nodes(mutation) <= describing else ""


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them, drawn at random: the same ones for the same seed and sources.

    A larger sample with the same seed begins with the smaller one.
    """
    drawn = list(mutants)
    random.Random(seed).shuffle(drawn)  # noqa: S311 - no secret
    return drawn[:count]


def _mutants_of(path: str, source: str, number: int) -> Iterator[Mutant]:
    module, mutations, *_ = create_mutations(path, source)
    describing = _describing_nodes(module)
    kept = [each for each in mutations if not _left_out_within(each, describing)]
    for offset, mutation in enumerate(kept):
        yield Mutant(number + offset, path, module, mutation)


def _describing_nodes(module: libcst.Module) -> set[libcst.CSTNode]:
    """All nodes within arguments that say what is served, and serve nothing."""
    found: set[libcst.CSTNode] = set()
    for part in matchers.findall(module, _DESCRIBES):
        found |= _within(part)
    return found


def _within(node: libcst.CSTNode) -> set[libcst.CSTNode]:
    return {node}.union(*map(_within, node.children))


def _changed_nodes(mutation: Mutation) -> set[libcst.CSTNode]:
    """The arguments that differ, if those of a call do; else the node itself."""
    before, after = mutation.original_node, mutation.mutated_node
    if isinstance(before, libcst.Call) and isinstance(after, libcst.Call):
        return {each for each in before.args if each not in after.args} or {before}
    return {before}


def _is_wording(node: libcst.CSTNode) -> bool:
    return isinstance(node, libcst.SimpleString) and " " in node.value


def _common_start(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
