"""Faulty servers exchange what the server declares: they use no private name of `app`."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAULTY = sorted((ROOT / "faults").rglob("*.py"))
SERVER = sorted((ROOT / "app").rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def classes(trees: Iterable[ast.Module]) -> dict[str, ast.ClassDef]:
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


THE_SERVERS = classes(map(tree_of, SERVER))


def is_own(attribute: ast.Attribute) -> bool:
    value = attribute.value
    is_super = isinstance(value, ast.Call) and getattr(value.func, "id", "") == "super"
    return is_super or (isinstance(value, ast.Name) and value.id in ("self", "cls"))


def own_private_names(node: ast.ClassDef) -> Iterator[tuple[str, int]]:
    """Private methods and attributes of its own that a class defines or uses, with the lines."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and is_own(each) and is_private(each.attr):
            yield each.attr, each.lineno
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and is_private(each.name):
            yield each.name, each.lineno


def ancestors(node: ast.ClassDef, known: dict[str, ast.ClassDef]) -> Iterator[ast.ClassDef]:
    for base in node.bases:
        if parent := known.get(getattr(base, "id", "")):
            yield parent
            yield from ancestors(parent, known)


def inherited(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Private names that a class shares with a class of the server from which it is made."""
    faulty = classes([tree])
    for node in faulty.values():
        parents = list(ancestors(node, THE_SERVERS | faulty))
        servers = [each for each in parents if THE_SERVERS.get(each.name) is each]
        taken = {name for each in servers for name, _ in own_private_names(each)}
        yield from (each for each in own_private_names(node) if each[0] in taken)


def foreign(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Private names of other objects, and private names that are imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_own(node):
            yield node.attr, node.lineno
        if isinstance(node, ast.ImportFrom):
            yield from ((each.name, node.lineno) for each in node.names if is_private(each.name))


def uses(tree: ast.Module) -> list[str]:
    found = {*inherited(tree), *foreign(tree)}
    return [f"line {line}: {name}" for name, line in sorted(found, key=lambda each: each[1])]


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_faulty_server_uses_no_private_name_of_the_server(path: Path) -> None:
    assert uses(tree_of(path)) == []


@pytest.mark.parametrize(
    "source",
    [
        "class Faulty(Exchange):\n    async def _accept_cancel(self): ...",
        "class A(Exchange): ...\nclass Faulty(A):\n    def go(self): return self._executions",
        "class Faulty(InMemoryOrderStore):\n    async def get(self): return super()._find()",
        "def spoil(feed): feed._anything.clear()",
        "from app.edges.events import _hello",
    ],
)
def test_a_private_name_is_found(source: str) -> None:
    assert len(uses(ast.parse(source))) == 1
