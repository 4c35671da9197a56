"""Many processes side by side: scenarios wait more than they compute."""

import math
import os
from itertools import zip_longest

import pytest

from bdd.running.arguments import only_features
from bdd.running.lane import forks
from bdd.running.selected import selected_runs


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the number of processes, and what they begin with, to pytest.ini."""
    help_ = "processes for `-n auto` when only feature files are asked for (default: one per CPU)"
    parser.addini("bdd_workers", help_, type="int", default=0)
    help_ = "tag of the slow scenarios, which are scheduled first"
    parser.addini("bdd_slow_tag", help_, default="")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Schedules the slow scenarios first."""
    tag = config.getini("bdd_slow_tag")
    slow = [item for item in items if tag and item.get_closest_marker(tag)]
    quick = [item for item in items if item not in slow]
    # pytest-xdist hands each process two to begin with: no slow one shall wait for another.
    pairs = zip_longest(slow, quick[: len(slow)])
    items[:] = [item for pair in pairs for item in pair if item] + quick[len(slow) :]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The configured number; of processes that start anew, no more than are worth their start."""
    most: int = config.getini("bdd_workers")
    if not most or not only_features(config):
        return None
    return most if forks(config) else min(most, worth_starting(len(selected_runs(config))))


def worth_starting(scenarios: int) -> int:
    """How many processes end soonest, if each starts for a second and a scenario waits for two.

    Starting n on c processors takes n/c seconds, then k scenarios wait for 2k/n: the sum is least
    at the square root of 2ck.
    """
    best = round(math.sqrt(2 * (os.cpu_count() or 1) * scenarios))
    return max(1, min(scenarios, best))
