import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from bdd.reporting.verdict import SCHEMA
from tests.bdd.reporting.sample import OPENING, Run, run_sample

VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


@pytest.fixture(scope="module")
def green(tmp_path_factory: pytest.TempPathFactory) -> Run:
    files = {"features/opening.feature": OPENING}
    return run_sample(tmp_path_factory.mktemp("green"), files, "features", "-k", "picture")


def test_the_verdict_of_a_failed_run_keeps_the_published_schema(run: Run) -> None:
    VALIDATOR.validate(run.verdict)
    assert run.verdict["verdict"] == "failed"
    assert [run.verdict[each] for each in ("passed", "failed", "skipped")] == [3, 7, 1]


def test_every_failed_scenario_is_behind_a_cause(run: Run) -> None:
    noticed = {each["id"] for cause in run.verdict["causes"] for each in cause["scenarios"]}
    assert len(noticed) == 7
    first = run.verdict["causes"][0]
    assert first["rule"] == "Only what is there can be lent"
    assert first["finding"] == "a shelf holds less than nothing"
    assert (first["expected"], first["got"]) == ("0", "-1")
    assert [each["line"] for each in first["scenarios"]] == [17, 31]


def test_the_verdict_of_a_green_run(green: Run) -> None:
    VALIDATOR.validate(green.verdict)
    assert green.verdict == {
        "verdict": "passed",
        "causes": [],
        "passed": 1,
        "failed": 0,
        "skipped": 0,
        "not_offered": 0,
    }


def test_a_run_of_nothing_has_not_passed(tmp_path: Path) -> None:
    run = run_sample(
        tmp_path, {"features/opening.feature": OPENING}, "features", "--deselect", "features"
    )
    VALIDATOR.validate(run.verdict)
    assert run.verdict["verdict"] == "nothing ran"


def test_a_run_that_could_not_collect_has_failed(tmp_path: Path) -> None:
    run = run_sample(tmp_path, {"test_broken.py": "import nothing_of_this_name"})
    VALIDATOR.validate(run.verdict)
    assert run.verdict["verdict"] == "failed"


def test_the_summary_as_markdown_tells_the_causes_first(run: Run, green: Run) -> None:
    page = (run.directory / "reports" / "verdict.md").read_text("utf-8")
    assert page.startswith("## 2 promises are broken, 3 other failures\n\n3 passed, 7 failed")
    assert page.index("a shelf holds less than nothing") < page.index("<details>")
    green_page = (green.directory / "reports" / "verdict.md").read_text("utf-8")
    assert green_page == "## The verdict: passed\n\n1 passed, 0 failed, 0 skipped.\n"
