"""Without allure-pytest and pytest-html their reports are absent, nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.bdd.reporting.sample import FILES, LENDING, ROOT

RUN = """
import sys
for name in sys.argv[1:]:
    sys.modules[name] = None
import pytest
plugins = ("pytest_bdd.plugin", "xdist.plugin", "allure_pytest.plugin", "pytest_html.plugin")
there = [name for name in plugins if name.partition(".")[0] not in sys.argv]
sys.exit(pytest.main([*(f"-p{name}" for name in there), "-ppytest_metadata.plugin", "features"]))
"""
ALLURE = ("allure", "allure_commons", "allure_pytest")
HTML = ("pytest_html",)
OF_HTML = {"report.html", "history.jsonl"}
ALWAYS = {"junit.xml", "verdict.json", "verdict.md", "cucumber-messages.ndjson"}


def test_both_are_optional(tmp_path: Path) -> None:
    assert _reports(tmp_path / "with both") == {*ALWAYS, *OF_HTML, "allure-results"}
    assert _reports(tmp_path / "no allure", *ALLURE) == {*ALWAYS, *OF_HTML}
    assert _reports(tmp_path / "no html", *HTML) == {*ALWAYS, "allure-results"}
    assert _reports(tmp_path / "neither", *ALLURE, *HTML) == ALWAYS


def _reports(directory: Path, *blocked: str) -> set[str]:
    """The reports of a run in a process where the blocked modules cannot be imported."""
    ini = FILES["pytest.ini"] + "bdd_reports = reports\n"
    for name, text in {**FILES, "pytest.ini": ini, "features/lending.feature": LENDING}.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    settings = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(
        [sys.executable, "-c", RUN, *blocked],
        cwd=directory,
        env={**inherited, **settings},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert re.search(r"\d+ failed, \d+ passed", run.stdout), run.stdout + run.stderr
    return {path.name for path in (directory / "reports").iterdir()}
