"""Mistakes on the command line, told in a sentence before anything runs or is written.

A name that pytest does not find, a line without a scenario, a tag that nobody declared: pytest
alone would run something else, run nothing, or fail in the middle of its own code.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pytest

from bdd.borrowed.xdist import is_worker
from bdd.language.checks import CheckedFile, checker
from bdd.language.problems import shown
from bdd.language.tags import declared_tags
from bdd.running.arguments import asked_paths, only_features
from bdd.running.lines import wanted_lines

FEATURE = ".feature"
_WORD = re.compile(r"[\w.]+")
_OPERATORS = {"and", "or", "not", "True", "False"}


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Raises UsageError for the first mistake."""
    if is_worker(config):
        return
    for mistake in _mistakes(config):
        raise pytest.UsageError(mistake)


def _mistakes(config: pytest.Config) -> Iterator[str]:
    for path in asked_paths(config):
        yield from _wrong_name(path, shown(path, config.rootpath))
    for path, lines in wanted_lines(config).items():
        yield from _wrong_lines(checker(config).check(path), path.name, lines)
    if only_features(config):
        yield from _unknown_tags(config.option.markexpr, declared_tags(config))


def _wrong_name(path: Path, name: str) -> Iterator[str]:
    if not path.exists():
        others = {each.name: each for each in path.parent.glob(f"*{FEATURE}")}
        near = get_close_matches(path.name, others, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        yield f"{name}: there is no such file or folder{meant}"
    elif path.suffix != FEATURE and FEATURE in path.name.lower():
        yield f"{name}: not a feature file by its name; rename it so that it ends in {FEATURE}"


def _wrong_lines(file: CheckedFile, name: str, lines: list[int]) -> Iterator[str]:
    if file.of_file:
        return  # what is wrong with the file says more: a heading may have been misread
    starts = ", ".join(str(each.lines.start) for each in file.scenarios)
    for line in lines:
        if not any(line in each.lines for each in file.scenarios):
            yield f"{name}:{line}: there is no scenario at this line; they begin at {starts}"


def _unknown_tags(expression: str, declared: list[str]) -> Iterator[str]:
    for word in _WORD.findall(expression):
        if word not in declared and word not in _OPERATORS:
            near = get_close_matches(word, declared, n=1)
            meant = f"did you mean {near[0]}?" if near else f"there are: {', '.join(declared)}"
            yield f"-m {expression}: no scenario has the tag {word}; {meant}"
