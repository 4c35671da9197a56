"""How many processes `-n auto` starts: scenarios wait more than they compute."""

import pytest

from bdd.arguments import asked_features, only_features
from bdd.checks import checker
from bdd.usage import rows


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the number to pytest.ini."""
    help_ = "processes for `-n auto` when only feature files are asked for (default: one per CPU)"
    parser.addini("bdd_workers", help_, type="int", default=0)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The configured number, but never more than there are scenarios."""
    most: int = config.getini("bdd_workers")
    if not most or not only_features(config):
        return None
    checked = [checker(config).check(path) for path in asked_features(config)]
    scenarios = sum(len(rows(each)) for file in checked for each in file.scenarios)
    return max(1, min(most, scenarios))
