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

from bdd.running.collection import PLACE

WITH_LINES = re.compile(r"(?P<file>.+\.feature)(?P<lines>(?::\d+)+)")

WANTED = pytest.StashKey[dict[Path, list[int]]]()


def split_line(argument: str) -> tuple[str, list[int]]:
    """An argument apart from the line numbers behind it, also with a drive's colon in it."""
    match = WITH_LINES.fullmatch(argument)
    if match is None:
        return argument, []
    return match["file"], [int(line) for line in match["lines"].split(":")[1:]]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keeps the wanted lines and leaves the files as arguments."""
    wanted: dict[Path, list[int]] = defaultdict(list)
    files = []
    for argument in config.args:
        file, lines = split_line(argument)
        files.append(file)
        if lines:
            wanted[(config.invocation_params.dir / file).resolve()] += lines
    config.args = list(dict.fromkeys(files))
    config.stash[WANTED] = dict(wanted)


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
    for path, lines in wanted.items():
        _require_scenarios(path, lines, items)
    if others:
        items[:] = selected
        config.hook.pytest_deselected(items=others)


def _at(item: pytest.Item, lines: list[int]) -> bool:
    place = item.stash.get(PLACE, None)
    return place is None or any(place.has(line) for line in lines)


def _require_scenarios(path: Path, lines: list[int], items: list[pytest.Item]) -> None:
    places = [item.stash[PLACE] for item in items if item.path == path and PLACE in item.stash]
    for line in lines:
        if places and not any(place.has(line) for place in places):
            starts = ", ".join(str(start) for start in sorted({p.lines.start for p in places}))
            raise pytest.UsageError(
                f"{path.name}:{line}: there is no scenario at this line; they begin at {starts}"
            )
