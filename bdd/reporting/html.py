"""The report as one HTML file: pytest-html writes it, the content is a page of scenarios.

Ordinary tests of the same run keep pytest-html's table, below the scenarios.
"""

from html import escape
from pathlib import Path
from typing import Protocol

import pytest

from bdd.reporting.environment import environment, title
from bdd.reporting.page import report_page
from bdd.reporting.planned_record import is_feature
from bdd.reporting.results import RESULTS

STYLE = Path(__file__).with_name("style.css")
FILTER = Path(__file__).with_name("filter.js")
SLOWEST = 5

ENGLISH_AND_AS_WIDE_AS_THE_SCREEN = """<script>
document.documentElement.lang = "en";
document.head.insertAdjacentHTML(
  "beforeend", '<meta name="viewport" content="width=device-width, initial-scale=1">');
</script>"""
OTHER_TESTS = '<h2 id="other-tests">Other tests</h2>'


class ReportData(Protocol):
    """What pytest-html hands to the hook of the title."""

    config: pytest.Config
    title: str


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Adds the report's looks, as `--css` would."""
    if config.getoption("htmlpath", None):
        config.option.css.append(str(STYLE))


@pytest.hookimpl(optionalhook=True)
def pytest_html_report_title(report: ReportData) -> None:
    """Names the report after what is specified."""
    report.title = title(report.config)


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_table_header(cells: list[str]) -> None:
    """Leaves out the column of links."""
    cells.pop()


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_table_row(report: pytest.TestReport, cells: list[str]) -> None:
    """Takes scenarios out of the table; what remains is escaped, which pytest-html does not."""
    if is_feature(report.nodeid):
        cells.clear()
        return
    cells[1] = f'<td class="col-testId">{escape(report.nodeid)}</td>'
    cells.pop()


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_summary(
    prefix: list[str], postfix: list[str], session: pytest.Session
) -> None:
    """Writes the page of scenarios, if any ran."""
    config = session.config
    results = config.stash[RESULTS]
    prefix.append(ENGLISH_AND_AS_WIDE_AS_THE_SCREEN)
    if results.records:
        lines = environment(config, results.begun)
        slowest = results.slowest(SLOWEST)
        prefix.append(report_page(results, slowest, lines))
        prefix.append(f"<script>{FILTER.read_text(encoding='utf-8')}</script>")
    if results.has_other_tests:
        postfix.append(OTHER_TESTS)
