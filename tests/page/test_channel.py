"""Runs through the page: what is told when a step fails, and where there is no browser."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browsers import PROGRAMS

ROOT = Path(__file__).parents[2]
WITH_BROWSER = pytest.mark.skipif(
    not any(map(shutil.which, PROGRAMS)), reason="there is no Chromium or Chrome"
)
PICTURE = b"\x89PNG\r\n"


def run(
    tmp_path: Path, *options: str, server: str = "app", env: dict[str, str] | None = None
) -> tuple[str, dict[str, object]]:
    """What the run printed, and its verdict; empty without one."""
    verdict = tmp_path / "verdict.json"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *options),
            *("--server-command", f"{sys.executable} -m {server} --port 0"),
            *("-o", f"bdd_reports={tmp_path.as_posix()}", "--verdict", str(verdict)),
        ],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    told = json.loads(verdict.read_text(encoding="utf-8")) if verdict.exists() else {}
    return done.stdout + done.stderr, told


@WITH_BROWSER
def test_a_screenshot_is_in_both_reports_when_a_step_fails(tmp_path: Path) -> None:
    _, verdict = run(
        tmp_path,
        *("features/trading_page.feature", "-k", "fields", "--channel", "page"),
        server="faults --serve rejection-far-from-its-field",
    )
    assert verdict["failed"] == 1
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'src="data:image/png;base64,iVBOR' in page
    pictures = list((tmp_path / "allure-results").glob("*.png"))
    assert pictures
    assert all(each.read_bytes().startswith(PICTURE) for each in pictures)


@WITH_BROWSER
def test_sentences_go_through_the_page_and_what_it_cannot_say_is_counted(tmp_path: Path) -> None:
    scenarios = "plainly and sent"  # an outline with quantities that a ticket can say and cannot
    output, verdict = run(
        tmp_path, "features/order_validation.feature", "-k", scenarios, "--channel", "page"
    )
    assert verdict["failed"] == 0
    assert verdict["passed"], output
    assert verdict["not_offered"], output
    assert "not offered by the page: a quantity that" in output


@WITH_BROWSER
def test_the_features_about_the_page_pass(tmp_path: Path) -> None:
    output, verdict = run(tmp_path, "features/trading_page.feature", "--channel", "page")
    assert (verdict["verdict"], verdict["passed"]) == ("passed", 11), output


def test_another_run_skips_them_and_says_what_to_do(tmp_path: Path) -> None:
    output, verdict = run(tmp_path, "features/trading_page.feature")
    assert (verdict["skipped"], verdict["verdict"]) == (11, "nothing ran")
    assert "is about the page: say --channel page" in output


def test_a_run_through_the_page_does_not_begin_without_a_browser(tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": "0"}
    output, _ = run(tmp_path, "features/viewing_orders.feature", "--channel", "page", env=nowhere)
    assert "ERROR: There is no browser to drive the page with: install Chromium, Chrome" in output
    assert "Traceback" not in output
