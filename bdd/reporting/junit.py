"""What junit's XML lacks: lines counted from 1, as people and CI servers do, and the report.

pytest counts from 0, and knows the attribute in the family `xunit1` only. GitLab shows an
attachment beside a failure if the output of the test names it: there, the HTML report is one.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bdd.borrowed.pytest import LogXML, xml_key
from bdd.borrowed.xdist import is_crash
from bdd.reporting.results import RESULTS, Results

ADDITIONS = "bdd-junit"


class Additions:
    """A plugin of the controlling process."""

    def __init__(self, xml: LogXML, results: Results, attachment: str) -> None:
        self._xml = xml
        self._results = results
        self._attachment = attachment

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Iterator[None]:
        """Sets the line before the teardown completes the case, and attaches the HTML report."""
        record = getattr(report, "scenario", None)
        if record:
            self._set_line(report, record["line"])
        yield
        if is_crash(report) and report.nodeid in self._results.records:
            self._set_line(report, self._results.records[report.nodeid].line)
        if record and self._attachment and report.failed and report.when == "call":
            output = ElementTree.Element("system-out")
            output.text = f"[[ATTACHMENT|{self._attachment}]]"
            self._xml.node_reporter(report).append(output)

    def _set_line(self, report: pytest.TestReport, line: int) -> None:
        self._xml.node_reporter(report).add_attribute("line", line)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Follows the run if there is to be a junit file."""
    if xml_key in config.stash:
        xml, results = config.stash[xml_key], config.stash[RESULTS]
        config.pluginmanager.register(Additions(xml, results, _report_in_gitlab(config)), ADDITIONS)


def pytest_bdd_child_begins(config: pytest.Config) -> None:
    """Leaves the file to the process that hears of all scenarios."""
    if config.pluginmanager.hasplugin(ADDITIONS):
        config.pluginmanager.unregister(name=ADDITIONS)
        config.pluginmanager.unregister(config.stash[xml_key])


def _report_in_gitlab(config: pytest.Config) -> str:
    """Where the HTML report is in the project that GitLab tests; empty elsewhere."""
    project, report = os.environ.get("CI_PROJECT_DIR"), config.getoption("htmlpath", None)
    if not os.environ.get("GITLAB_CI") or not project or not report:
        return ""
    path = Path(config.rootpath, report)
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else ""
