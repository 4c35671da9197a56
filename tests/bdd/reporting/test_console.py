import re
from pathlib import Path

import pytest

from tests.bdd.reporting.sample import LENDING, OPENING, Run, run_sample


def line_with(text: str, run: Run) -> str:
    return next(line for line in run.console.splitlines() if text in line)


def test_a_line_for_each_feature(run: Run) -> None:
    lending = line_with("Lending <books>", run)
    assert lending.startswith('✗ Lending <books> & "papers" for 5 €')
    assert "2 passed, 5 failed" in lending
    assert "1 passed, 2 failed, 1 skipped" in line_with("✗ Opening hours", run)
    percents = re.findall(r"\[ *(\d+)%\]$", run.console, re.MULTILINE)
    assert percents[-1] == "100"
    assert len(percents) == 2


def test_the_failing_step_comes_first_and_evidence_after_it(run: Run) -> None:
    assert (
        "A broken promise is told in words  (features/lending.feature:17)\n"
        "  ✗ Then 3 books are left  (features/lending.feature:20)\n"
        "        [wrong count] the shelf holds what was not lent\n"
        "          expected: 3 books\n"
        "               got: 2 books\n"
        "  all steps:\n"
        "    ✓ Given a shelf with 3 books\n"
        "    ✓ When a reader borrows 1 books\n"
        "    ✗ Then 3 books are left\n"
        "          Tape\n"
        "            +0.000 s  LENT\n"
        "            +0.120 s  WrongCount\n"
        "    \N{EN DASH} And the reader is happy\n"
    ) in run.console


def test_the_causes_stand_below_the_failures(run: Run) -> None:
    causes = run.console.index("= 2 promises are broken, 3 other failures =")
    assert run.console.index("all steps:") < causes
    assert (
        'Lending <books> & "papers" for 5 €: Only what is there can be lent\n'
        "   a shelf holds less than nothing (noticed by 2 scenarios)\n"
        "    expected: 0\n"
        "         got: -1\n"
    ) in run.console[causes:]


def test_no_word_of_the_process(run: Run) -> None:
    assert "[gw" not in run.console


def test_no_framework_lines(run: Run) -> None:
    assert "site-packages" not in run.console


def test_announcements_are_printed(run: Run) -> None:
    assert "= Visitors =" in run.console
    assert "\nhour  count\n9     12 €\n" in run.console


def test_the_reports_are_named(run: Run) -> None:
    assert "report.html" in line_with("Generated html report", run)
    assert "allure-results" in line_with("Allure results", run)


def test_the_summary_names_the_scenarios_and_the_reasons(run: Run) -> None:
    assert "= 7 scenarios failed =" in run.console
    assert "\n✗ features/lending.feature:23  A plain assertion" in run.console
    told = line_with("features/opening.feature:9  The cellar", run)
    assert told.startswith("✗ features/opening.feature:9  The cellar is under water: ")
    assert line_with("Borrowing 5 of 5: ", run).startswith("✗ features/lending.feature:")
    assert "_ Borrowing 5 of 5 _" in run.console
    assert "\n\N{EN DASH} 1 scenario skipped: closed for repair\n" in run.console
    assert "short test summary" not in run.console
    assert "5 failed, 4 passed, 1 skipped, 2 errors" in run.console


def test_ordinary_tests_keep_their_dots(mixed: Run) -> None:
    assert re.search(r"^test_plain\.py \.", mixed.console, re.MULTILINE)
    assert "FAILED features/hasty.feature" in mixed.console
    assert "✗ hasty.feature" in mixed.console


def test_with_v_the_lines_are_those_of_pytest(tmp_path: Path) -> None:
    run = run_sample(tmp_path, {"features/opening.feature": OPENING}, "features", "-v")
    assert "features/opening.feature::A picture of the day PASSED" in run.console
    assert "✗ Opening hours" not in run.console


@pytest.mark.parametrize("option", ["-q", "-v"])
def test_one_line_tells_a_reason_to_skip_in_any_detail(tmp_path: Path, option: str) -> None:
    closed = OPENING.replace("@flooded", "@skip").replace("@draughty", "@skip")
    run = run_sample(tmp_path, {"features/opening.feature": closed}, "features", option)
    assert "\n\N{EN DASH} 3 scenarios skipped: closed for repair\n" in run.console
    assert "SKIPPED [" not in run.console


def test_a_terminal_without_the_marks_gets_plain_ones(tmp_path: Path) -> None:
    files = {"features/lending.feature": LENDING}
    run = run_sample(tmp_path, files, "features", PYTHONIOENCODING="cp1252")
    assert line_with("Lending <books>", run).startswith("x Lending")
    assert "    + When a reader borrows 1 books\n    x Then 3 books are left" in run.console
