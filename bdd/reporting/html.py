"""The report as one HTML file: pytest-html writes it, the content is a page of scenarios.

Ordinary tests of the same run keep pytest-html's table, below the scenarios.
"""

from html import escape
from pathlib import Path
from typing import Protocol

import pytest

from bdd.language.checks import checker
from bdd.language.promises import promises_of
from bdd.reporting.environment import environment, title
from bdd.reporting.history import PastRun, remember
from bdd.reporting.page import STYLE, TEMPLATES, Surroundings, report_page
from bdd.reporting.planned_record import is_feature
from bdd.reporting.results import RESULTS, Results

FILTER = Path(__file__).with_name("filter.js")
LAST_RUNS = 10

WHAT_THE_PAGE_LACKS = """<script>
document.documentElement.lang = "en";
document.head.insertAdjacentHTML(
  "beforeend", '<meta name="viewport" content="width=device-width, initial-scale=1">');
addEventListener("DOMContentLoaded", () => {
  const main = document.createElement("main");
  main.append(...document.body.childNodes);
  document.body.append(main);
});
</script>"""
"""Its language, as wide as the screen, and for screen readers where its content is."""

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


def pytest_bdd_meanwhile() -> None:
    """Compiles what the pages are made of."""
    for name in TEMPLATES.list_templates():
        TEMPLATES.get_template(name)


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
    prefix.append(WHAT_THE_PAGE_LACKS)
    if results.records:
        prefix.append(report_page(results, _surroundings(config, results)))
        prefix.append(f"<script>{FILTER.read_text(encoding='utf-8')}</script>")
    if results.has_other_tests:
        postfix.append(OTHER_TESTS)


def _surroundings(config: pytest.Config, results: Results) -> Surroundings:
    lines = environment(config, results.begun)
    files = [config.rootpath / feature.file for feature in results.features()]
    return Surroundings(
        lines,
        promises_of(checker(config).check(each) for each in files),
        config.hook.pytest_bdd_faults(config=config),
        _last_runs(config.getoption("--history"), results, lines["Commit"]),
    )


def _last_runs(file: str | None, results: Results, commit: str) -> list[PastRun]:
    """This run and those before it, the latest first."""
    if not file:
        return []
    started = f"{results.begun.astimezone():%Y-%m-%d %H:%M}"
    run = PastRun(started, commit, results.counts, round(results.seconds, 1))
    return remember(Path(file), run)[: -LAST_RUNS - 1 : -1]
