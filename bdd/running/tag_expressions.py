"""`--tags "@smoke and not @alone"`: Cucumber's own language for choosing by tags."""

from collections.abc import Callable, Iterable

import pytest
from cucumber_tag_expressions import TagExpressionError, parse

from bdd.running.collection import RUN


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option."""
    help_ = 'run the scenarios whose tags fit, such as "@smoke and not @alone"'
    parser.getgroup("feature files").addoption("--tags", metavar="EXPRESSION", help=help_)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects the scenarios whose tags do not fit, and tests that are none."""
    if not config.option.tags:
        return
    fits = tag_filter(config)
    runs = [(item, item.stash.get(RUN, None)) for item in items]
    selected = [item for item, run in runs if run is not None and fits(run.tags)]
    if others := [item for item in items if item not in selected]:
        config.hook.pytest_deselected(items=others)
        items[:] = selected


def tag_filter(config: pytest.Config) -> Callable[[Iterable[str]], bool]:
    """Whether tags, given without their @, fit what --tags says.

    Raises UsageError if it cannot be read.
    """
    expression: str = config.option.tags or ""
    try:
        parsed = parse(expression)  # type: ignore[no-untyped-call]
    except TagExpressionError as error:
        told = str(error).partition("\n")[0].partition(" (expressions")[0]
        raise pytest.UsageError(f"--tags {expression}: it cannot be read: {told}") from None
    return lambda tags: bool(parsed.evaluate([f"@{tag}" for tag in tags]))
