import json
import re
from pathlib import Path
from urllib.parse import unquote

from bs4 import Tag

from tests.bdd.reporting.sample import OPENING, PLAIN_TEST, Run, run_sample, text_of

SKIPPED = "\N{EN DASH}"
LENDING = 'Lending <books> & "papers" for 5 €'


def marks_and_sentences(scenario: Tag) -> list[tuple[str, str]]:
    return [
        (text_of(line.select_one(".mark") or line), text_of(line.select_one(".sentence") or line))
        for line in scenario.select(".step > .line")
    ]


def step(scenario: Tag, sentence: str) -> Tag:
    (found,) = [each for each in scenario.select(".step") if sentence in text_of(each)]
    return found


def test_the_top_says_how_many_failed_and_which(run: Run) -> None:
    page = run.page
    verdict = text_of(page.select_one(".verdict") or page)
    assert verdict == "✗ 2 promises are broken, 3 other failures"
    assert text_of(page.select_one(".total") or page).startswith(
        "3 scenarios passed, 7 failed, 1 skipped; 2 features, "
    )


def test_the_top_of_a_green_report_says_how_many_did_not_run(tmp_path: Path) -> None:
    files = {"features/opening.feature": OPENING}
    some = run_sample(tmp_path, files, "features", "-k", "picture or Sundays")
    verdict = text_of(some.page.select_one(".verdict") or some.page)
    assert verdict == "✓ 1 scenario passed, 1 skipped"


def test_nothing_but_skipped_scenarios_is_not_green(tmp_path: Path) -> None:
    files = {"features/opening.feature": OPENING}
    none = run_sample(tmp_path, files, "features", "-k", "Sundays")
    verdict = none.page.select_one(".verdict")
    assert verdict is not None
    assert text_of(verdict) == f"{SKIPPED} 1 scenario skipped"
    assert "passed" not in verdict["class"]


def test_the_causes_stand_at_the_top_with_the_scenarios_behind_them(run: Run) -> None:
    causes = run.page.select(".broken > li")
    assert len(causes) == 6, "a plain assertion is another kind of failure"
    assert text_of(causes[0]).startswith(
        f"{LENDING} Only what is there can be lent a shelf holds less than nothing "
        "expected 0 got -1 Shortest proof: "
    )
    assert "noticed by 2 scenarios" in text_of(causes[0])
    links = {link["href"] for cause in causes for link in cause.select("details a")}
    failed = run.page.select("details.scenario.failed")
    assert {unquote(str(link))[1:] for link in links} == {each["id"] for each in failed}


def test_scenarios_can_be_found_by_text_status_and_tag(run: Run) -> None:
    form = run.page.select_one("form.filter")
    assert form is not None
    assert [option.text for option in form.select("select[name=status] option")] == [
        "any",
        "passed",
        "failed",
        "skipped",
        "not offered",
    ]
    tags = [option.text for option in form.select("select[name=tag] option")]
    assert "issue:LIB-7" in tags
    tagged = run.scenario("A book that is there is lent")
    assert "issue:LIB-7" in str(tagged["data-tags"]).split()


def test_the_features_are_counted(run: Run) -> None:
    rows = [text_of(row) for row in run.page.select("table.features tbody tr, tfoot tr")]
    counts = [re.sub(r" \d+ ms$", "", row) for row in rows]
    assert counts == [f"✗ {LENDING} 2 5 0", "✗ Opening hours 1 2 1", "All 3 7 1"]


def test_scenarios_stand_in_the_order_of_the_file_grouped_by_rule(run: Run) -> None:
    feature = run.page.find("section", id="features/lending.feature")
    assert isinstance(feature, Tag)
    names = [text_of(each) for each in feature.select("h2, h3, summary .name")]
    assert [name.partition(" severity:")[0] for name in names] == [
        LENDING,
        "Rule Only what is there can be lent",
        "A book that is there is lent issue:LIB-7",
        "A broken promise is told in words",
        "A plain assertion shows the step code only",
        "A fault of the suite is no broken promise",
        "A end-of-scenario check finds what no step looked at",
        "Rule Every row counts",
        "Borrowing 1 of 3 left 2 link:https://example.org/rules",
        "Borrowing 5 of 5 left 1 link:https://example.org/rules",
    ]


def test_a_failure_is_open_and_shows_expected_beside_got(run: Run) -> None:
    scenario = run.scenario("A broken promise is told in words")
    assert scenario.has_attr("open")
    assert marks_and_sentences(scenario) == [
        ("✓", "Given a shelf with 3 books"),
        ("✓", "When a reader borrows 1 books"),
        ("✗", "Then 3 books are left"),
        (SKIPPED, "And the reader is happy"),
        ("✓", "Finally the shelf is sound"),
    ]
    failing = step(scenario, "Then 3 books are left")
    assert text_of(failing.select_one(".failure") or failing) == (
        "wrong count the shelf holds what was not lent expected 3 books got 2 books"
    )
    assert "Tape +0.000 s LENT +0.120 s WrongCount" in text_of(failing)
    assert "lending_steps.py" not in text_of(scenario)


def test_evidence_is_folded_below_its_step(run: Run) -> None:
    borrowing = step(run.scenario("A broken promise is told in words"), "borrows 1 books")
    (exchange,) = borrowing.select("details.evidence")
    assert not exchange.has_attr("open")
    assert (exchange.select_one("pre") or exchange).get_text() == (
        '{\n  "books": 1,\n  "reader": "Jürgen <b>"\n}'
    )


def test_a_passing_scenario_is_folded_and_shows_its_table(run: Run) -> None:
    scenario = run.scenario("A book that is there is lent")
    assert not scenario.has_attr("open")
    cells = [text_of(cell) for cell in scenario.select("table th, table td")]
    assert cells == ["title", "copies", "Flüsse < Meere", "1", '"Quoted" & Co.', "2"]
    assert "Two readers, one book." in text_of(scenario)
    assert "features/lending.feature:8" in text_of(scenario)


def test_an_assertion_shows_the_step_code_and_no_framework(run: Run) -> None:
    failure = run.scenario("A plain assertion").select_one(".failure")
    assert failure is not None
    assert "assert 3 == 0" in text_of(failure)
    trace = failure.select_one("pre")
    assert trace is not None
    assert trace.get_text().startswith("lending_steps.py:")
    assert trace.get_text().endswith(" in empty\n    assert shelf.books == 0")


def test_a_end_of_scenario_check_is_a_last_step(run: Run) -> None:
    scenario = run.scenario("A end-of-scenario check finds")
    assert marks_and_sentences(scenario)[-1] == ("✗", "Finally the shelf is sound")
    assert "a shelf holds less than nothing expected 0 got -1" in text_of(scenario)


def test_a_skipped_scenario_says_why(run: Run) -> None:
    scenario = run.scenario("Closed on Sundays")
    assert "Skipped: closed for repair" in text_of(scenario)
    assert {mark for mark, _ in marks_and_sentences(scenario)} == {SKIPPED}


def test_a_scenario_that_cannot_start_says_why_above_its_steps(run: Run) -> None:
    scenario = run.scenario("The cellar is under water")
    assert scenario.has_attr("open")
    failure = scenario.select_one("details > .failure")
    assert failure is not None
    assert "ConnectionError: the pump does not answer" in text_of(failure)
    assert {mark for mark, _ in marks_and_sentences(scenario)} == {SKIPPED}


def test_a_scenario_that_cannot_clear_up_failed_with_passed_steps(run: Run) -> None:
    scenario = run.scenario("The door does not close")
    assert "OSError: the door is stuck" in text_of(scenario)
    assert {mark for mark, _ in marks_and_sentences(scenario)} == {"✓"}


def test_pictures_announcements_and_texts_are_shown_in_place(run: Run) -> None:
    scenario = run.scenario("A picture of the day")
    picture = scenario.select_one("figure img")
    assert picture is not None
    assert picture["alt"] == "The day"
    assert str(picture["src"]).startswith("data:image/svg+xml;base64,")
    assert "Visitors hour count 9 12 €" in text_of(scenario)
    assert "Open from 9 < to > 5" in text_of(step(scenario, "a notice says"))


def test_the_environment_is_told(run: Run) -> None:
    names = [text_of(name) for name in run.page.select(".environment dt")]
    assert names == ["Library", "Python", "Platform", "Commit", "Started"]
    assert text_of(run.page.select(".environment dd")[0]) == "Alexandria <main hall>"


def test_the_slowest_scenarios_are_linked(run: Run) -> None:
    targets = [str(link["href"]) for link in run.page.select(".slowest a, .broken details a")]
    ids = {str(each["id"]) for each in run.page.select("details.scenario")}
    assert len(targets) == 5 + 7
    assert {unquote(target.removeprefix("#")) for target in targets} <= ids


def test_the_file_needs_nothing_beside_it(run: Run) -> None:
    loads = run.page.select("link[href], script[src], img[src]")
    sources = [str(each.get("src") or each.get("href")) for each in loads]
    assert all(source.startswith("data:") for source in sources)


def test_the_page_is_called_after_what_is_specified(run: Run) -> None:
    assert text_of(run.page.select_one("h1") or run.page) == "The library"


def test_ordinary_tests_have_a_table_of_their_own(mixed: Run, run: Run) -> None:
    assert run.page.find(id="other-tests") is None
    assert mixed.page.find(id="other-tests") is not None
    table = json.loads(str(mixed.page.select("#data-container")[0]["data-jsonblob"]))
    assert list(table["tests"]) == ["test_plain.py::test_plain[<b>bold</b>]"]
    cells = table["tests"]["test_plain.py::test_plain[<b>bold</b>]"][0]["resultsTableRow"]
    assert "test_plain[&lt;b&gt;bold&lt;/b&gt;]" in cells[1]


def test_without_scenarios_there_is_only_that_table(tmp_path: Path) -> None:
    run = run_sample(tmp_path, {"test_plain.py": PLAIN_TEST}, "test_plain.py")
    assert run.page.find(id="other-tests") is not None
    assert run.page.select(".acceptance") == []


def test_a_file_with_a_problem_is_a_failure_of_its_own(mixed: Run) -> None:
    problem = mixed.scenario("the file has to be corrected")
    assert "features/hasty.feature:2" in text_of(problem)
    assert "Scenaro" in text_of(problem)


def test_a_crash_is_told_with_the_steps_that_were_planned(crashed: Run) -> None:
    scenario = crashed.scenario("The roof holds")
    assert "the process that ran this scenario ended unexpectedly" in text_of(scenario)
    assert [mark for mark, _ in marks_and_sentences(scenario)] == [SKIPPED, SKIPPED, SKIPPED]
    assert "passed" in crashed.scenario("Another day")["class"]
