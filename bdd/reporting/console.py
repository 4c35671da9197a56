"""The run as people follow it on a terminal: a line for each feature, and where the reports are.

With -v or -q the lines are pytest's own, but for the short summary of a run without other tests.
"""

import codecs
import io
import sys
from collections import Counter

import pytest

from bdd.borrowed.xdist import forget_process, is_crash, runs_side_by_side
from bdd.reporting.evidence import NOT_OFFERED, Status
from bdd.reporting.planned_record import file_of, is_feature
from bdd.reporting.results import RESULTS, FeatureResult, Results
from bdd.reporting.words import (
    MARKS,
    broken_promises,
    cause_in_words,
    duration,
    finding,
    plural,
)

COLOURS: dict[Status, str] = {
    "passed": "green",
    "failed": "red",
    "skipped": "yellow",
    NOT_OFFERED: "yellow",
}
PLAIN_MARKS = {
    MARKS["passed"]: "+",
    MARKS["failed"]: "x",
    MARKS["skipped"]: "-",
    MARKS[NOT_OFFERED]: "o",
}


class Console:
    """A plugin of the controlling process that writes a line when a feature is through."""

    def __init__(self, config: pytest.Config, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self._results = config.stash[RESULTS]
        self._parallel = runs_side_by_side(config)
        self._finished: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Keeps the path of a feature file, which no dots will follow, off the terminal."""
        self._terminal.showfspath = not (self._parallel or is_feature(nodeid))

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Counts a scenario without writing a dot for it."""
        if not is_feature(report.nodeid) or (report.passed and report.when != "call"):
            return None
        if hasattr(report, "wasxfail"):
            return ("xfailed" if report.skipped else "xpassed"), "", ""
        if report.skipped and vars(report).get("scenario", {}).get("status") == NOT_OFFERED:
            return NOT_OFFERED, "", ""
        around = report.failed and report.when in {"setup", "teardown"}
        return ("error" if around else report.outcome), "", ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Leaves the summary to pytest."""
        session.config.pluginmanager.unregister(self)

    def pytest_bdd_child_begins(self, config: pytest.Config) -> None:
        """Leaves the terminal to the run."""
        config.pluginmanager.unregister(self)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Writes the line of a feature after its last scenario."""
        if not is_feature(report.nodeid):
            return
        forget_process(report)
        if not (report.when == "teardown" or is_crash(report)):
            return
        self._finished.add(report.nodeid)
        file = file_of(report.nodeid)
        expected = self._results.expected()
        if sum(file_of(nodeid) == file for nodeid in self._finished) == expected[file]:
            percent = 100 * len(self._finished) // expected.total()
            self._write_line(self._results.feature(file), percent)
        elif self._terminal.isatty:
            progress = f"{len(self._finished)} of {expected.total()} scenarios"
            self._terminal.rewrite(progress, erase=True)

    def _write_line(self, feature: FeatureResult, percent: int) -> None:
        if self._terminal.isatty:
            self._terminal.rewrite("", erase=True)
        else:
            self._terminal.ensure_newline()
        self._terminal.write(MARKS[feature.status], **{COLOURS[feature.status]: True})
        took = f"{duration(feature.seconds):>10} [{percent:3}%]"
        self._terminal.write_line(f" {feature.name:<36} {counts(feature):<34} {took}")


def counts(feature: FeatureResult) -> str:
    """How many scenarios ended how, leaving out what did not happen."""
    return ", ".join(f"{number} {status}" for status, number in feature.counts.items() if number)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Takes over the lines of features, unless the user asked for more or less detail."""
    terminal = config.pluginmanager.getplugin("terminalreporter")
    if terminal is None or RESULTS not in config.stash:
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="plain-marks")
    if config.get_verbosity() == 0:
        config.pluginmanager.register(Console(config, terminal))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Prints why the run failed, what scenarios announced, and where the Allure results are."""
    results = config.stash[RESULTS]
    if causes := results.causes:
        terminalreporter.section(broken_promises(causes))
        for number, cause in enumerate(causes, start=1):
            terminalreporter.write_line(f"{number}. {cause_in_words(cause)}\n")
    if results.has_features_only:
        terminalreporter.reportchars = "w"  # what is left to pytest's short summary are warnings
        _write_short(terminalreporter, results)
    _write_absent(terminalreporter, results)
    for record in results.records.values():
        for announced in record.announcements:
            terminalreporter.section(announced.title)
            terminalreporter.write_line(announced.body)
    if directory := config.getoption("allure_report_dir", None):
        terminalreporter.write_sep("-", f"Allure results: {directory}")


def _write_short(terminal: pytest.TerminalReporter, results: Results) -> None:
    """A line for each failed scenario and its finding, and one for each reason to skip some."""
    failed, skipped = results.of_status("failed"), results.of_status("skipped")
    if failed:
        terminal.section(f"{plural(len(failed), 'scenario')} failed")
    for record in failed:
        terminal.write(MARKS["failed"], **{COLOURS["failed"]: True})
        terminal.write_line(f" {record.file}:{record.line}  {record.name}: {finding(record)}")
    for reason, count in Counter(record.reason for record in skipped).items():
        terminal.write(MARKS["skipped"], **{COLOURS["skipped"]: True})
        terminal.write_line(f" {plural(count, 'scenario')} skipped: {reason}")


def _write_absent(terminal: pytest.TerminalReporter, results: Results) -> None:
    """Says what is not offered, and how many scenarios need it."""
    absent = Counter(each.reason for each in results.records.values() if each.status == NOT_OFFERED)
    if absent:
        terminal.section(f"{absent.total()} scenarios need what is not offered")
    for reason, count in absent.most_common():
        terminal.write_line(f"{count:4} {reason}")


def _plain_marks(error: UnicodeError) -> tuple[str | bytes, int]:
    """An encoding error handler for terminals without ✓ and ✗."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    mark = PLAIN_MARKS.get(error.object[error.start])
    if mark is None:
        return codecs.backslashreplace_errors(error)
    return mark, error.start + 1


codecs.register_error("plain-marks", _plain_marks)
