"""How a server spells things is known in `driver/` and nowhere else in the suite."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from driver.dialects import TRADING_TERMS

ROOT = Path(__file__).parents[2]
ROOMS = ("step_defs", "perf")
SERVERS = ROOT / "perf" / "bench" / "baselines"  # compared with ours, they speak as it does
NO_SPELLINGS = ("name", "longest_body", "forms", "form", "shows")
HTTP_LIBRARY_NAMES = {"HTTPStatus", "codes", "hdrs"}


def leaves(value: object) -> Iterator[object]:
    """All single values in the terms; the keys of a mapping are neutral, its values are not."""
    if isinstance(value, BaseModel):
        for name, inner in value:
            if name not in NO_SPELLINGS:
                yield from leaves(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif not isinstance(value, bool | tuple) and value not in (None, ""):
        yield value


def neutral_names(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name, inner in value:
            yield from [] if name.isupper() else [name]  # PENDING is a word of the wire, too
            yield from neutral_names(inner)
    elif isinstance(value, dict):
        yield from (key for key in value if isinstance(key, str))
        for inner in value.values():
            yield from neutral_names(inner)


def found_in(source: str, spellings: Iterable[object]) -> list[str]:
    """The lines of Python code that hold one of the spellings."""
    whole, parts = set(spellings), [each for each in spellings if is_telling(each)]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value is not True and node.value is not False:
            text = node.value if isinstance(node.value, str) else ""
            if node.value in whole or any(str(part) in text for part in parts):
                found.append(f"{node.lineno}: {node.value!r}")
        elif isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            found += [f"{node.lineno}: {name}"] if name in HTTP_LIBRARY_NAMES else []
    return found


def is_telling(spelling: object) -> bool:
    """Whether it is no word of plain English, so that it may not even be part of a text."""
    if not isinstance(spelling, str):
        return False
    camel_case = spelling[0].islower() and any(char.isupper() for char in spelling)
    return camel_case or "/" in spelling


SPELLINGS = sorted(
    set(leaves(TRADING_TERMS)) - set(neutral_names(TRADING_TERMS)),
    key=str,
)


@pytest.mark.parametrize(
    "file",
    sorted(
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if not path.is_relative_to(SERVERS)
    ),
    ids=str,
)
def test_no_spelling_of_the_wire_is_outside_the_driver(file: Path) -> None:
    assert found_in(file.read_text(encoding="utf-8"), SPELLINGS) == []


@pytest.mark.parametrize(
    "line",
    [
        'path = "/orders"',
        'order["clientOrderId"]',
        '"shown as orderStatus"',
        'status == "EXECUTED"',
        "if code == 409: pass",
        "HTTPStatus.CREATED",
        'slug = "too-late-to-cancel"',
        "closed(1008)",
    ],
)
def test_a_spelling_would_be_found(line: str) -> None:
    assert found_in(line, SPELLINGS)
