import json
import re
from pathlib import Path
from typing import Any

import pytest

from bdd.reporting.allure_run import executor_of, matching, properties
from bdd.reporting.words import duration
from bdd.running.lane import can_fork
from tests.bdd.reporting.sample import LENDING, Run, run_sample

BROKEN_PROMISE = "A broken promise is told in words"


def labels(result: dict[str, Any]) -> dict[str, str]:
    return {label["name"]: label["value"] for label in result["labels"]}


def steps(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["status"], step["name"]) for step in result["steps"]]


def test_every_scenario_has_one_result(run: Run) -> None:
    assert {name: result["status"] for name, result in run.results.items()} == {
        "A book that is there is lent": "passed",
        BROKEN_PROMISE: "failed",
        "A plain assertion shows the step code only": "failed",
        "A fault of the suite is no broken promise": "broken",
        "A end-of-scenario check finds what no step looked at": "failed",
        "Borrowing 1 of 3": "passed",
        "Borrowing 5 of 5": "failed",
        "Closed on Sundays": "skipped",
        "The cellar is under water": "broken",
        "The door does not close": "broken",
        "A picture of the day": "passed",
    }


def test_steps_after_a_failure_are_skipped(run: Run) -> None:
    assert steps(run.results[BROKEN_PROMISE]) == [
        ("passed", "Given a shelf with 3 books"),
        ("passed", "When a reader borrows 1 books"),
        ("failed", "Then 3 books are left"),
        ("skipped", "And the reader is happy"),
        ("passed", "Finally the shelf is sound"),
    ]


def test_a_failure_is_told_in_words_with_its_category_first(run: Run) -> None:
    failing = run.results[BROKEN_PROMISE]["steps"][2]
    message = (
        "[wrong count] the shelf holds what was not lent\n  expected: 3 books\n       got: 2 books"
    )
    promise = 'breaks: Lending <books> & "papers" for 5 €: Only what is there can be lent'
    assert failing["statusDetails"] == {"message": message}
    assert run.results[BROKEN_PROMISE]["statusDetails"] == {"message": f"{message}\n{promise}"}


def test_the_run_takes_as_long_as_in_the_html_report(run: Run) -> None:
    times = [(each["start"], each["stop"]) for each in run.results.values()]
    took = (max(stop for _, stop in times) - min(start for start, _ in times)) / 1000
    said = run.page.select_one("p.total")
    assert said is not None
    rounded = {duration(took + error) for error in (-0.001, 0, 0.001)}
    assert any(f", {each} in total" in said.get_text() for each in rounded)


def test_a_fault_of_the_suite_names_the_step_code_alone(run: Run) -> None:
    details = run.results["A fault of the suite is no broken promise"]["statusDetails"]
    assert details["message"] == "KeyError: 'missing'"
    assert details["trace"].startswith("lending_steps.py:")
    assert "site-packages" not in details["trace"]


def test_a_scenario_is_found_by_epic_feature_and_story(run: Run) -> None:
    found = labels(run.results[BROKEN_PROMISE])
    assert found["epic"] == found["parentSuite"] == "The library"
    assert found["feature"] == found["suite"] == 'Lending <books> & "papers" for 5 €'
    assert found["story"] == found["subSuite"] == "Only what is there can be lent"


def test_a_scenario_without_a_rule_is_a_story_of_its_own(run: Run) -> None:
    found = labels(run.results["A picture of the day"])
    assert found["story"] == "A picture of the day"
    assert "subSuite" not in found


def test_tags_become_severity_links_and_tags(run: Run) -> None:
    result = run.results["A book that is there is lent"]
    assert labels(result)["severity"] == "critical"
    assert [label["value"] for label in result["labels"] if label["name"] == "tag"] == ["smoke"]
    assert result["links"] == [{"type": "issue", "url": "LIB-7", "name": "LIB-7"}]
    (link,) = run.results["Borrowing 5 of 5"]["links"]
    assert link["url"] == "https://example.org/rules"


def test_the_values_of_an_outline_are_parameters(run: Run) -> None:
    assert run.results["Borrowing 5 of 5"]["parameters"] == [
        {"name": "stock", "value": "5"},
        {"name": "lent", "value": "5"},
        {"name": "left", "value": "1"},
    ]


def test_tables_texts_and_evidence_are_attached_to_their_steps(run: Run) -> None:
    (table,) = run.results["A book that is there is lent"]["steps"][0]["attachments"]
    assert (table["name"], table["type"]) == ("Table", "text/csv")
    assert run.allure_file(table["source"]).splitlines()[1] == "Flüsse < Meere,1"
    _, drawn, told, _ = run.results["A picture of the day"]["steps"]
    assert [(each["name"], each["type"]) for each in drawn["attachments"]] == [
        ("The day", "image/svg+xml"),
        ("Visitors", "text/plain"),
    ]
    assert run.allure_file(drawn["attachments"][0]["source"]).startswith("<svg")
    assert run.allure_file(told["attachments"][0]["source"]) == "Open from 9 < to > 5"


def test_fixtures_are_no_news(run: Run) -> None:
    assert not list(run.directory.glob("reports/allure-results/*-container.json"))


def test_the_run_is_described_once(run: Run) -> None:
    assert "Library = Alexandria <main hall>\n" in run.allure_file("environment.properties")
    categories = json.loads(run.allure_file("categories.json"))
    lending = 'Lending <books> & "papers" for 5 €'
    assert [category["name"] for category in categories] == [
        f"{lending}: Only what is there can be lent",
        f"{lending}: Every row counts",
        "wrong count",
        "not offered",
        "suite error",
    ]
    assert json.loads(run.allure_file("executor.json"))["name"]


def test_a_crashed_worker_leaves_a_result_and_takes_none_away(crashed: Run) -> None:
    assert sorted(crashed.results) == ["Another day", "The roof holds"]
    result = crashed.results["The roof holds"]
    assert result["status"] == "broken"
    assert result["fullName"] == "features/storms.feature::The roof holds"
    assert [status for status, _ in steps(result)] == ["skipped"] * 3
    assert labels(result)["story"] == "The library stands"
    assert labels(result)["severity"] == "blocker"


def test_a_scenario_keeps_its_history(run: Run, tmp_path: Path) -> None:
    again = run_sample(tmp_path, {"features/lending.feature": LENDING}, "features")
    for name, result in again.results.items():
        assert result["historyId"] == run.results[name]["historyId"]
    ids = {result["historyId"] for result in run.results.values()}
    assert len(ids) == len(run.results)


def test_the_executor_is_github_or_the_own_machine() -> None:
    github = {
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "alexandria/library",
        "GITHUB_WORKFLOW": "Tests",
        "GITHUB_RUN_ID": "4711",
        "GITHUB_RUN_NUMBER": "12",
    }
    executor = executor_of(github)
    assert executor["buildName"] == "Tests #12"
    assert executor["buildUrl"] == "https://github.com/alexandria/library/actions/runs/4711"
    assert executor_of({})["type"] == "local"


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"Server": "http://[::1]:80"}, "Server = http://[::1]:80\n"),
        ({"Python version": "3"}, "Python\\ version = 3\n"),
        ({"Path": "C:\\temp"}, "Path = C:\\\\temp\n"),
        ({"Two": "a\nb"}, "Two = a\\nb\n"),
    ],
)
def test_environment_lines_are_escaped(values: dict[str, str], line: str) -> None:
    assert properties(values) == line


def test_a_failure_is_of_the_category_of_its_promise(run: Run) -> None:
    message = run.results[BROKEN_PROMISE]["statusDetails"]["message"]
    rules = json.loads(run.allure_file("categories.json"))
    matched = [each["name"] for each in rules if re.match(each.get("messageRegex", "-"), message)]
    assert [name.rpartition(": ")[2] for name in matched] == [
        "Only what is there can be lent",
        "wrong count",
    ]


def test_category_names_are_no_patterns() -> None:
    (rule, *_) = matching([], ["slow (> 1 s)"])
    assert rule["messageRegex"] == r"^\[slow \(> 1 s\)\][\s\S]*"


@pytest.mark.skipif(not can_fork(), reason="this system cannot copy a process")
def test_scenarios_that_ran_at_the_same_time_are_in_lanes_of_their_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    directory = tmp_path_factory.mktemp("lanes")
    files = {"features/lending.feature": LENDING}
    run = run_sample(directory, files, "features", "-n", "2")
    assert {labels(result)["thread"] for result in run.results.values()} == {"lane 1", "lane 2"}
