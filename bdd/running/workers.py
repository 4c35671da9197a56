"""Many processes side by side: scenarios wait more than they compute."""

from itertools import zip_longest

import pytest

from bdd.language.checks import checker
from bdd.running.arguments import asked_features, only_features


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the number of processes, and what they begin with, to pytest.ini."""
    help_ = "processes for `-n auto` when only feature files are asked for (default: one per CPU)"
    parser.addini("bdd_workers", help_, type="int", default=0)
    help_ = "tag of the scenarios that take long and are therefore begun with"
    parser.addini("bdd_slow_tag", help_, default="")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begins with the scenarios that take long."""
    tag = config.getini("bdd_slow_tag")
    slow = [item for item in items if tag and item.get_closest_marker(tag)]
    quick = [item for item in items if item not in slow]
    # pytest-xdist hands each process two to begin with: no slow one shall wait for another.
    pairs = zip_longest(slow, quick[: len(slow)])
    items[:] = [item for pair in pairs for item in pair if item] + quick[len(slow) :]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The configured number, but never more than there are scenarios."""
    most: int = config.getini("bdd_workers")
    if not most or not only_features(config):
        return None
    scenarios = sum(len(checker(config).check(path).runs) for path in asked_features(config))
    return max(1, min(most, scenarios))
