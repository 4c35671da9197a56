"""What the HTML report shows beside the scenarios: promises, faults, earlier runs, Backgrounds."""

import json
from pathlib import Path
from urllib.parse import unquote

from bs4 import Tag

from bdd.reporting.evidence import STATUSES
from bdd.reporting.history import KEPT, PastRun, recall, remember
from tests.bdd.reporting.sample import Run, text_of


def rows(run: Run, title: str) -> list[str]:
    (table,) = [
        each
        for each in run.page.select(".promises table")
        if text_of(each.select_one("caption") or each) == title
    ]
    return [text_of(row) for row in table.select("tbody tr")]


def test_each_promise_stands_beside_its_scenarios_and_the_faults_that_only_these_notice(
    rich: Run,
) -> None:
    assert rows(rich, "Reading") == [
        "(no Rule) example.org/quiet LIB-8 ✓ 2 1 fault that others notice, too",
        "Books are quiet example.org/quiet ✓ 1 "
        "Books are <never> loud. shouts and 1 fault that others notice, too",
    ]
    assert rows(rich, 'Lending <books> & "papers" for 5 €') == [
        "Only what is there can be lent LIB-7 ✓ 1 ✗ 4 no fault has broken it",
        "Every row counts example.org/rules ✓ 1 ✗ 1 no fault has broken it",
    ]


def test_each_promise_leads_to_its_rule_and_its_links(rich: Run) -> None:
    links = {str(each["href"]) for each in rich.page.select(".promises a")}
    assert "https://example.org/quiet" in links
    inside = {unquote(link[1:]) for link in links if link.startswith("#")}
    assert inside == {str(each["id"]) for each in rich.page.select(".feature > h3")}


def test_where_no_faults_were_tried_nothing_is_said_of_them(run: Run) -> None:
    (table,) = run.page.select(".promises table")[:1]
    assert [text_of(each) for each in table.select("thead th")] == ["Rule", "Scenarios"]


def test_the_background_is_told_from_the_scenario_and_examples_keep_their_title(rich: Run) -> None:
    titled = rich.scenario("1 books are read")
    assert [text_of(each) for each in titled.select(".block")] == ["Background", "Scenario"]
    background, own = titled.select(".steps")
    assert sentences(background) == ["Given a shelf with 4 books"]
    assert sentences(own)[0] == "When a reader borrows 1 books"
    assert "Examples A quiet day" in text_of(titled.select_one("summary") or titled)
    assert "Examples" not in text_of(rich.scenario("2 books are read"))
    assert not rich.scenario("A picture of the day").select(".block")


def sentences(steps: Tag) -> list[str]:
    return [text_of(each) for each in steps.select(".sentence")]


def test_the_last_runs_are_shown_the_latest_first(rich: Run, run: Run) -> None:
    last = [text_of(row) for row in rich.page.select("section[aria-labelledby=last-runs] tbody tr")]
    this, before = last
    assert ", this one" in this
    assert "not under version control 6 7 1" in this
    assert "not under version control 3 0 0" in before
    assert not run.page.select("section[aria-labelledby=last-runs]")


def test_a_line_of_evidence_is_not_folded(rich: Run) -> None:
    scenario = rich.scenario("A picture of the day")
    assert "As sent: Open from 9 < to > 5" in [text_of(each) for each in scenario.select(".seen")]


BEFORE = '{"started": "", "commit": "", "counts": {"passed": 1}, "seconds": 1}'


def past(number: int) -> PastRun:
    counts = dict.fromkeys(STATUSES, number)
    return PastRun(f"2026-11-26 05:{number:02}", "abc", counts, 1.5)


def test_the_history_forgets_the_oldest_runs_and_what_it_cannot_read(tmp_path: Path) -> None:
    file = tmp_path / "reports" / "history.jsonl"
    assert recall(file) == []
    assert remember(file, past(1)) == [past(1)]
    unreadable = ['{"of": "another version"}', "half a li", BEFORE]
    file.write_text("\n".join([file.read_text("utf-8").strip(), *unreadable]), encoding="utf-8")
    assert remember(file, past(2)) == [past(1), past(2)]
    for number in range(KEPT):
        remember(file, past(number))
    assert recall(file) == [past(number) for number in range(KEPT)]


def test_the_history_is_a_line_of_json_for_each_run(rich: Run) -> None:
    lines = rich.html.with_name("history.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["counts"]["failed"] for line in lines] == [0, 7]
