"""`pytest features/borrowing.feature:12` runs the scenario, or the Outline row, at that line.

Line numbers are taken off the arguments before pytest looks for the files, and what stands
elsewhere in these files is deselected after collection. xdist hands the arguments to its workers
as they were typed, so that each of them does the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bdd.running.collection import LINES

WITH_LINES = re.compile(r"(?P<file>.+\.feature)(?P<lines>(?::\d+)+)")

WANTED = pytest.StashKey[dict[Path, list[int]]]()


def split_line(argument: str) -> tuple[str, list[int]]:
    """An argument apart from the line numbers behind it, also with a drive's colon in it."""
    match = WITH_LINES.fullmatch(argument)
    if match is None:
        return argument, []
    return match["file"], [int(line) for line in match["lines"].split(":")[1:]]


def wanted_lines(config: pytest.Config) -> dict[Path, list[int]]:
    """The lines that the arguments ask for, by file; files that are asked for whole have none."""
    wanted: dict[Path, list[int]] = defaultdict(list)
    for argument in config.args:
        file, lines = split_line(argument)
        if lines:
            wanted[(config.invocation_params.dir / file).resolve()] += lines
    return dict(wanted)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keeps the wanted lines and leaves the files as arguments."""
    config.stash[WANTED] = wanted_lines(config)
    config.args = list(dict.fromkeys(split_line(argument)[0] for argument in config.args))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    """Deselects what stands elsewhere in a file of which only some lines are wanted.

    It is registered after `bdd.running.collection`, so that it sees problem items too.
    """
    _select(config, items)
    yield


def _select(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.stash[WANTED]
    selected: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        lines = wanted.get(item.path)
        (selected if lines is None or _at(item, lines) else others).append(item)
    if others:
        items[:] = selected
        config.hook.pytest_deselected(items=others)


def _at(item: pytest.Item, lines: list[int]) -> bool:
    own = item.stash.get(LINES, None)
    return own is None or any(own.has(line) for line in lines)
