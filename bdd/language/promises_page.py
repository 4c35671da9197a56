"""The promises as a page of Markdown, for those who ask what covers what."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from os.path import relpath
from pathlib import Path

from bdd.language.faults import Fault
from bdd.language.problems import plural
from bdd.language.promises import Promise, Reference

COMMAND = "pytest --promises-markdown"

INTRODUCTION = f"""\
# What is promised, and what would notice a breach

Every `Rule:` of the features with its scenarios, written by `{COMMAND}`."""

OF_FAULTS = """\
A fault is a breach on purpose. The third column has those that the scenarios of this Rule notice
and no others: without them nobody would. The last one counts those that others notice, too."""

UNBROKEN = "**no fault has broken it**"


def as_markdown(promises: Sequence[Promise], faults: Sequence[Fault] | None, page: Path) -> str:
    """The page; `page` is where it will be, from the folder that the files are named from.

    With None for the faults nobody has tried any, and nothing is said of them.
    """
    parts = [INTRODUCTION, *_figures(promises, faults)]
    for file, group in groupby(promises, lambda each: each.file):
        own = list(group)
        address = Path(relpath(file, page.parent)).as_posix()
        parts += [f"## {own[0].feature}", f"[{file}]({address})", _table(own, faults)]
    return "\n\n".join(parts) + "\n"


def _figures(promises: Sequence[Promise], faults: Sequence[Fault] | None) -> Iterator[str]:
    scenarios = sum(len(each.scenarios) for each in promises)
    counts = f"{plural(len(promises), 'promise')}, {plural(scenarios, 'scenario')}"
    if faults is None:
        yield f"{counts}."
        return
    unbroken = sum(not each.noticed(faults) for each in promises)
    yield OF_FAULTS
    yield (
        f"{counts}, {plural(len(faults), 'fault')}. "
        f"{plural(unbroken, 'promise')} that no fault has broken."
    )


def _table(promises: Sequence[Promise], faults: Sequence[Fault] | None) -> str:
    head = "| promise | scenarios |\n|---|---|"
    if faults is not None:
        head = "| promise | scenarios | faults that only these notice | others |\n|---|---|---|--:|"
    return "\n".join([head, *(_row(each, faults) for each in promises)])


def _row(promise: Promise, faults: Sequence[Fault] | None) -> str:
    title = "<br>".join([_cell(promise.rule or "(no Rule)"), *map(_reference, promise.references)])
    cells = [title, "<br>".join(map(_cell, promise.scenarios))]
    if faults is not None:
        alone, noticed = promise.noticed_alone(faults), promise.noticed(faults)
        told = "<br>".join(f"{_cell(each.breaks)} (`{each.name}`)" for each in alone)
        cells += [told or ("none" if noticed else UNBROKEN), str(len(noticed) - len(alone))]
    return f"| {' | '.join(cells)} |"


def _reference(reference: Reference) -> str:
    name = _cell(reference.name)
    return f"[{name}]({reference.address})" if reference.address else name


def _cell(text: str) -> str:
    """Text as it may stand in a cell of a Markdown table."""
    return re.sub(r"([\\|<>*_`\[])", r"\\\1", text)
