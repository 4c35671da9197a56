"""How a tested system stands: the core, and each thing that not every system has."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bdd.reporting.capabilities.report import as_html, as_markdown
from bdd.reporting.capabilities.standing import Conformance, Standing, conformance_of
from bdd.reporting.evidence import FINALLY, Failure, ScenarioRecord, Status, StepRecord
from tests.bdd.reporting.test_offered import prepare
from tests.browsers import open_browser, violations

pytest_plugins = ["pytester"]

NEEDS = {"paging": "lists in pages", "filters": "filtered lists", "hello": "a greeting"}
FAILURE = Failure("A book is missing", "2 books", "1 book", "count")
GAP = Failure("A gap", "2", "3", "events", feature="F", rule="Paged")


def record(
    name: str,
    rule: str = "Core",
    *needed: str,
    failure: Failure | None = None,
    at_the_end: bool = False,
    status: Status | None = None,
    reason: str = "",
) -> ScenarioRecord:
    broken = StepRecord("Then", "it holds", 3, "failed" if failure else "passed", failure=failure)
    steps = (replace(broken, keyword=FINALLY),) if at_the_end else (broken,)
    return ScenarioRecord(
        f"f.feature::{name}",
        *("F", name, "f.feature", 1),
        rule=rule,
        tags=tuple(f"needs_{each}" for each in needed),
        steps=() if reason else steps,
        status=status or ("failed" if failure else "passed"),
        reason=reason,
    )


def judged(
    *records: ScenarioRecord,
    missing: dict[str, str] | None = None,
    unrun: Sequence[ScenarioRecord] = (),
) -> Conformance:
    return conformance_of("mine", records, [*records, *unrun], NEEDS, missing or {})


def standing(conformance: Conformance) -> dict[str, str]:
    parts = (conformance.core, *conformance.capabilities)
    return {part.name or "core": part.standing for part in parts}


def test_what_all_scenarios_kept_is_offered() -> None:
    found = judged(record("A"), record("B", "Paged", "paging"), record("C", "Some", "filters"))
    assert standing(found) == dict.fromkeys(["core", *NEEDS], "kept")
    assert as_markdown(found) == (
        "| tested system | core | offered | broken | missing | not tried |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| mine | ✓ | 3 | 0 | 0 | 0 |\n"
    )


def test_what_is_declared_missing_is_told_with_its_reason() -> None:
    absent = record("B", "Paged", "paging", status="not offered", reason="not offered: paging")
    found = judged(record("A"), absent, missing={"paging": "all come at once"})
    paging = found.capabilities[0]
    assert (paging.standing, paging.reason) == (Standing.MISSING, "all come at once")
    assert found.core.standing is Standing.KEPT


def test_what_a_scenario_finds_breaks_what_it_needs_and_nothing_else() -> None:
    found = judged(
        record("A"),
        record("B", "Paged", "paging", failure=FAILURE),
        record("C", "Some", "filters"),
    )
    assert standing(found) == {
        "core": "kept",
        "paging": "broken",
        "filters": "kept",
        "hello": "kept",
    }
    assert found.capabilities[0].cause is not None
    assert found.capabilities[0].cause.finding == "A book is missing"


def test_of_several_needs_the_rarest_is_meant() -> None:
    found = judged(
        record("A", "Some", "filters"), record("B", "Paged", "paging", "filters", failure=FAILURE)
    )
    assert standing(found)["paging"] == "broken"
    assert standing(found)["filters"] == "kept"


def test_the_core_is_not_blamed_for_what_its_scenarios_saw_of_something_else() -> None:
    found = judged(
        record("A", failure=GAP, at_the_end=True), record("B", "Paged", "paging", failure=GAP)
    )
    assert standing(found)["core"] == "kept"
    assert standing(found)["paging"] == "broken"


def test_a_promise_that_nobody_got_to_is_not_kept() -> None:
    found = judged(record("A", failure=GAP), record("B", "Paged", "paging", failure=GAP))
    assert standing(found)["core"] == "broken"
    assert found.core.cause is not None
    assert found.core.cause.rule == "Paged"


def test_a_mistake_of_the_suite_is_no_proof_of_the_core() -> None:
    found = judged(record("A", failure=Failure("KeyError", broken=True)), record("B"))
    assert standing(found)["core"] == "broken"
    assert "✗ No promise: KeyError" in as_markdown(found)


def test_the_core_is_not_kept_by_a_part_of_its_scenarios() -> None:
    found = judged(record("A"), record("B", "Paged", "paging"), unrun=[record("C")])
    assert (found.core.standing, found.core.reason) == (
        Standing.NOT_TRIED,
        "1 of its 2 scenarios were run",
    )
    assert standing(found)["paging"] == "kept"


def test_what_was_skipped_is_not_tried() -> None:
    skipped = record("B", "Paged", "paging", status="skipped", reason="needs a browser")
    found = judged(record("A"), skipped)
    assert (found.capabilities[0].standing, found.capabilities[0].reason) == (
        Standing.NOT_TRIED,
        "needs a browser",
    )


def test_what_no_scenario_needs_by_name_stands_as_the_core_does() -> None:
    assert standing(judged(record("A")))["hello"] == "kept"
    broken = judged(record("A", failure=FAILURE), record("B"))
    assert standing(broken)["hello"] == "not tried"


def test_the_page_says_what_stands_how_and_why() -> None:
    found = judged(
        record("A", failure=FAILURE),
        record("B", "Paged", "paging"),
        missing={"filters": "no <filters>"},
    )
    page = as_html(found, "Library", {"Server": "here"})
    for said in (
        "Conformance of mine",
        "✗ The core is broken",
        "1 offered, 1 missing, 1 not tried",
        "F: Core: A book is missing",
        "no &lt;filters&gt;",
        "<dd>2 books</dd>",
    ):
        assert said in page


def test_a_run_writes_the_page_and_the_row(pytester: pytest.Pytester) -> None:
    prepare(pytester)
    options = ("-p", "no:cacheprovider", "--conformance", "reports/mine.html")
    assert pytester.runpytest_inprocess(*options).ret == 0
    page = (pytester.path / "reports" / "mine.html").read_text("utf-8")
    assert "<td>the projector is broken</td>" in page
    row = (pytester.path / "reports" / "mine.md").read_text("utf-8").splitlines()[-1]
    assert row == f"| {pytester.path.name} | ✓ | 1 | 0 | 1: films | 0 |"


def test_a_run_of_a_part_leaves_the_core_open(pytester: pytest.Pytester) -> None:
    prepare(pytester)
    options = ("-p", "no:cacheprovider", "-k", "Newspapers", "--conformance", "mine.html")
    pytester.runpytest_inprocess(*options)
    row = (pytester.path / "mine.md").read_text("utf-8").splitlines()[-1]
    assert "| \N{EN DASH} 0 of its 1 scenarios were run | 1 | 0 | 1: films | 0 |" in row
    assert "Only 1 of\n    3 scenarios were run." in (pytester.path / "mine.html").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_axe_finds_nothing(tmp_path: Path, width: int, scheme: str) -> None:
    found = judged(
        record("A", failure=FAILURE),
        record("B", "Paged", "paging"),
        missing={"filters": "orders are listed as they are, whatever anybody asks for"},
    )
    file = tmp_path / "mine.html"
    lines = {"Server": "http://127.0.0.1:8000 (given by --base-url)"}
    file.write_text(as_html(found, "Library", lines), encoding="utf-8")
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(file.as_uri())
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert violations(page) == []
