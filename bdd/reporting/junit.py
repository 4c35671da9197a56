"""The line of a scenario in junit's XML, counted from 1 as people and CI servers do.

pytest counts from 0, and knows the attribute in the family `xunit1` only.
"""

import pytest

from bdd.borrowed.pytest import LogXML, xml_key
from bdd.reporting.results import RESULTS, Results


class LinesFromOne:
    """A plugin of the controlling process."""

    def __init__(self, xml: LogXML, results: Results) -> None:
        self._xml = xml
        self._results = results

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Sets the line before pytest sets its own; ours takes precedence."""
        if record := self._results.records.get(report.nodeid):
            self._xml.node_reporter(report).add_attribute("line", record.line)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Follows the run if there is to be a junit file."""
    if xml_key in config.stash:
        config.pluginmanager.register(LinesFromOne(config.stash[xml_key], config.stash[RESULTS]))
