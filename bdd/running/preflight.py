"""Tells every problem of the feature files before the first scenario starts.

With xdist the controlling process does it, which collects nothing itself.
"""

import pytest

from bdd.borrowed.xdist import is_worker
from bdd.language.checks import checker
from bdd.language.problems import plural
from bdd.running.arguments import asked_features


def pytest_report_header(config: pytest.Config) -> list[str]:
    """The problems of the files that were asked for."""
    if is_worker(config):
        return []
    checked = [checker(config).check(path) for path in asked_features(config)]
    bad = [file for file in checked if file.problems]
    if not bad:
        return []
    problems = plural(sum(len(file.problems) for file in bad), "problem")
    return [f"{problems} in {plural(len(bad), 'feature file')}:", *(f.told() for f in bad)]
