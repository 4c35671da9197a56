"""Mistakes on the command line, told in a sentence before anything runs or is written.

A name that pytest does not find, a line without a scenario, a tag that nobody declared, a choice
that leaves nothing: pytest alone would run something else, run nothing and replace the reports of
the last run, or fail in the middle of its own code.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pytest

from bdd.borrowed.pytest import Expression
from bdd.borrowed.xdist import is_worker
from bdd.language.checks import CheckedFile, checker
from bdd.language.problems import shown
from bdd.language.tags import declared_tags
from bdd.running.arguments import asked_features, asked_names, asked_paths, only_features
from bdd.running.lines import wanted_lines
from bdd.running.selected import is_named, selected_runs
from bdd.running.side_by_side import AT_ONCE
from bdd.running.tag_expressions import tag_filter

FEATURE = ".feature"
_WORD = re.compile(r"[\w.]+")
_TAG = re.compile(r"@([\w.-]+)(?![\w.:-])")
_OPERATORS = {"and", "or", "not", "True", "False"}


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Raises UsageError for the first mistake."""
    if is_worker(config):
        return
    for mistake in _mistakes(config):
        raise pytest.UsageError(mistake)


def _mistakes(config: pytest.Config) -> Iterator[str]:
    if config.option.cucumber_json_path and _runs_side_by_side(config):
        yield (
            "--cucumberjson is written by one process only: add -n 0, or take "
            "--cucumber-messages, which is complete however many processes run"
        )
    for path in asked_paths(config):
        yield from _wrong_name(path, shown(path, config.rootpath))
    for path, lines in wanted_lines(config).items():
        yield from _wrong_lines(checker(config).check(path), path.name, lines)
    for path, names in asked_names(config).items():
        if path.suffix == FEATURE:
            yield from _wrong_scenarios(checker(config).check(path), names)
    tag_filter(config)
    yield from _unreadable("-m", config.option.markexpr)
    yield from _unreadable("-k", config.option.keyword)
    if only_features(config):
        declared = declared_tags(config)
        expression = config.option.markexpr
        yield from _unknown_tags(f"-m {expression}", _WORD.findall(expression), declared)
        expression = config.option.tags or ""
        yield from _unknown_tags(f"--tags {expression}", _TAG.findall(expression), declared)
        yield from _nothing_left(config)


def _runs_side_by_side(config: pytest.Config) -> bool:
    return bool(getattr(config.option, "numprocesses", 0)) or config.stash.get(AT_ONCE, 0) > 0


def _wrong_name(path: Path, name: str) -> Iterator[str]:
    if not path.exists():
        others = [each.name for each in path.parent.glob("*") if _is_asked_for(each)]
        near = get_close_matches(path.name, others, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        yield f"{name}: there is no such file or folder{meant}"
    elif path.suffix != FEATURE and FEATURE in path.name.lower():
        yield f"{name}: not a feature file by its name; rename it so that it ends in {FEATURE}"


def _is_asked_for(path: Path) -> bool:
    return path.suffix == FEATURE or any(path.glob(f"*{FEATURE}"))


def _wrong_lines(file: CheckedFile, name: str, lines: list[int]) -> Iterator[str]:
    if file.of_file:
        return  # what is wrong with the file says more: a heading may have been misread
    starts = ", ".join(str(each.lines.start) for each in file.scenarios)
    for line in lines:
        if not any(line in each.lines for each in file.scenarios):
            yield f"{name}:{line}: there is no scenario at this line; they begin at {starts}"


def _wrong_scenarios(file: CheckedFile, names: list[str]) -> Iterator[str]:
    if file.problems:
        return  # each of them is told by an item of its own
    for name in names:
        if not any(is_named(each, run, name) for each in file.scenarios for run in each.runs):
            near = get_close_matches(name, [run.name for run in file.runs], n=1)
            meant = f"; did you mean `{near[0]}`?" if near else ""
            yield f"{file.name}: there is no scenario `{name}`{meant}"


def _nothing_left(config: pytest.Config) -> Iterator[str]:
    option = config.option
    choices = {"--tags": option.tags, "-m": option.markexpr, "-k": option.keyword}
    given = " and ".join(f"{name} {value}" for name, value in choices.items() if value)
    if not given or selected_runs(config):
        return
    files = [checker(config).check(path) for path in asked_features(config)]
    if not any(file.problems for file in files):  # which are told, whatever is chosen
        asked = sum(len(file.runs) for file in files)
        yield f"{given}: none of the {asked} scenarios in the files fits, so nothing was run"


def _unreadable(option: str, expression: str) -> Iterator[str]:
    try:
        Expression.compile(expression or "True")
    except SyntaxError as error:
        yield (
            f"{option} {expression}: it cannot be read ({error.msg}); "
            "words are joined by and, or, not, as in 'new and not viewed'"
        )


def _unknown_tags(option: str, words: list[str], declared: list[str]) -> Iterator[str]:
    for word in words:
        if word not in declared and word not in _OPERATORS:
            near = get_close_matches(word, declared, n=1)
            meant = f"did you mean {near[0]}?" if near else f"there are: {', '.join(declared)}"
            yield f"{option}: no scenario has the tag {word}; {meant}"
