"""Tags: those that a project declares, each with its meaning, and those that carry a value."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

import pytest

from bdd.borrowed.pytest_bdd import Tag
from bdd.language.document import Document
from bdd.language.problems import Problem
from bdd.language.scenarios import placed_scenarios

ALONE = "alone"

SEVERITIES = ("blocker", "critical", "normal", "minor", "trivial")
"""Allure's, https://allurereport.org/docs/pytest-reference/#severity."""

WITH_VALUE = ("severity", "issue", "link")

NEEDS = "needs_"
"""How a tag begins that says what a scenario needs and not every tested system has."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the list of tags to pytest.ini."""
    help_ = "tags that feature files may use, one on each line: `name: what it means`"
    parser.addini("bdd_tags", help_, type="linelist", default=[])
    help_ = "what scenarios may need that not every system has, as @needs_name: `name: meaning`"
    parser.addini("bdd_needs", help_, type="linelist", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Makes the tags markers, so that -m selects by them."""
    for line in (
        *config.getini("bdd_tags"),
        *_needs(config),
        f"{ALONE}: runs while no other scenario runs",
    ):
        config.addinivalue_line("markers", line)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    """Leaves tags with a value to the reports, since no marker can be called so."""
    del function
    return True if ":" in tag else None


def declared_tags(config: pytest.Config) -> list[str]:
    """The names of the tags that feature files may use."""
    lines = [*config.getini("bdd_tags"), ALONE, *_needs(config)]
    return [line.partition(":")[0].strip() for line in lines]


def needs(config: pytest.Config) -> dict[str, str]:
    """What scenarios may need, by the names of its tags, with what each means."""
    lines = (line.partition(":") for line in config.getini("bdd_needs"))
    return {name.strip(): meaning.strip() for name, _, meaning in lines}


def _needs(config: pytest.Config) -> list[str]:
    return [f"{NEEDS}{line}" for line in config.getini("bdd_needs")]


def tag_problems(document: Document, declared: Sequence[str]) -> Iterator[Problem]:
    """Tags that nobody declared: they would select nothing."""
    if document.tree is None:
        return
    tags = [*document.tree.feature.tags]
    for scenario in placed_scenarios(document):
        tags += [*scenario.tags, *(tag for each in scenario.node.examples for tag in each.tags)]
    for tag in {tag.id: tag for tag in tags}.values():
        yield from _of_tag(tag, declared)


def _of_tag(tag: Tag, declared: Sequence[str]) -> Iterator[Problem]:
    name, colon, value = tag.name.removeprefix("@").partition(":")
    if colon:
        yield from _of_value(tag, name, value)
    elif name not in declared:
        near = get_close_matches(name, declared, n=1)
        known = ", ".join(f"@{each}" for each in declared)
        do = f"use a declared tag ({known}), or declare it as bdd_tags in pytest.ini"
        meant = f"@{near[0]}" if near else ""
        yield Problem(tag.location.line, "nobody declared this tag", tag.name, do, meant)


def _of_value(tag: Tag, name: str, value: str) -> Iterator[Problem]:
    line = tag.location.line
    if name not in WITH_VALUE:
        near = get_close_matches(name, WITH_VALUE, n=1)
        do = f"tags with a value are {', '.join(f'@{each}:...' for each in WITH_VALUE)}"
        meant = f"@{near[0]}:{value}" if near else ""
        yield Problem(line, "there is no such tag with a value", tag.name, do, meant)
    elif not value:
        yield Problem(line, "the tag has no value", tag.name, f"write @{name}:value")
    elif name == "severity" and value not in SEVERITIES:
        near = get_close_matches(value, SEVERITIES, n=1)
        meant = f"@severity:{near[0]}" if near else ""
        do = f"write one of {', '.join(SEVERITIES)}"
        yield Problem(line, "there is no such severity", tag.name, do, meant)
