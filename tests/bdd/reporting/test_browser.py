"""Both reports in a real browser, opened from disk."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bdd.reporting.sample import ROOT, Run
from tests.browsers import open_browser, violations

NARROW = 400
MOST_STOPS = 100
FAILING = (
    "A broken promise is told in words",
    "A plain assertion shows the step code only",
    "A end-of-scenario check finds what no step looked at",
    "Borrowing 5 of 5",
    "The cellar is under water",
    "The door does not close",
)
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
FOCUSED = """() => {
    const { labels, textContent } = document.activeElement;
    return labels?.length ? labels[0].textContent : textContent;
}"""


@dataclass
class Visit:
    """A page, and whatever it complained of or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, file: Path) -> None:
        self.page.goto(file.as_uri())

    def is_quiet(self) -> bool:
        """Whether nothing went wrong and no network was asked."""
        return self.complaints == [] and all(
            request.startswith(("file:", "data:", "blob:")) for request in self.requests
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, offline=True)
    visit = Visit(page)
    page.on("console", lambda message: note_console(visit, message.type, message.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("request", lambda request: visit.requests.append(request.url))
    yield visit
    page.close()


def note_console(visit: Visit, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        visit.complaints.append(text)


@pytest.fixture(scope="module")
def allure_report(run: Run) -> Path:
    """Allure's report as one file, made by the command line that package.json pins."""
    allure = shutil.which("allure", path=str(ROOT / "node_modules" / ".bin"))
    if allure is None:
        pytest.skip("the allure command line is not installed: npm ci")
    command = [allure, "generate", "reports/allure-results", "--config", str(ROOT / "allurerc.mjs")]
    subprocess.run(command, cwd=run.directory, check=True, timeout=120)
    return run.directory / "reports" / "allure-report" / "index.html"


def test_the_html_report_shows_failure_exchange_and_picture(visit: Visit, run: Run) -> None:
    visit.open(run.html)
    failed = visit.page.locator("details.scenario", has_text="A broken promise is told in words")
    expect(failed.get_by_text("Then 3 books are left")).to_be_visible()
    expect(failed.locator("dd", has_text="2 books")).to_be_visible()
    exchange = failed.locator("pre", has_text="Jürgen <b>")
    expect(exchange).to_be_hidden()
    failed.get_by_text("POST /loans").click()
    expect(exchange).to_be_visible()

    passed = visit.page.locator("details.scenario", has_text="A picture of the day")
    passed.locator("summary").first.press("Enter")
    picture = passed.get_by_role("img", name="The day")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 60
    assert visit.is_quiet(), visit


def test_the_html_report_leads_from_the_top_to_a_failure(visit: Visit, run: Run) -> None:
    visit.open(run.html)
    visit.page.get_by_role("link", name="Borrowing 5 of 5").first.click()
    scenario = visit.page.locator("details.scenario", has_text="Borrowing 5 of 5")
    expect(scenario).to_be_in_viewport()


def test_the_html_report_fits_a_narrow_screen(visit: Visit, rich: Run) -> None:
    visit.page.set_viewport_size({"width": NARROW, "height": 800})
    visit.open(rich.html)
    visit.page.evaluate(OPEN_ALL)
    assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("opened", [False, True], ids=["as opened", "expanded"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, NARROW])
def test_axe_finds_nothing_in_the_html_report(
    visit: Visit, rich: Run, width: int, scheme: str, opened: bool
) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.open(rich.html)
    if opened:
        visit.page.evaluate(OPEN_ALL)
    assert violations(visit.page) == []


def test_the_html_report_is_used_by_keyboard_alone(visit: Visit, run: Run) -> None:
    page = visit.page
    visit.open(run.html)
    tab_to(page, "Find")
    page.keyboard.type("picture of the day")
    expect(page.locator("form.filter output")).to_have_text("1 of 11 scenarios")
    shown = page.locator("details.scenario:not([hidden])")
    expect(shown).to_have_count(1)
    tab_to(page, "Expand all")
    page.keyboard.press("Space")
    expect(shown).to_have_attribute("open", "")
    tab_to(page, "Collapse all")
    page.keyboard.press("Space")
    tab_to(page, "A picture of the day")
    page.keyboard.press("Enter")
    expect(shown).to_have_attribute("open", "")


def tab_to(page: Page, name: str) -> None:
    """Moves the focus on, as the key does, to what has this label or text."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        told: str = page.evaluate(FOCUSED)
        if name in told:
            return
    raise AssertionError(f"the focus never came to {name}")


def test_printed_the_html_report_is_light_and_without_its_buttons(visit: Visit, run: Run) -> None:
    visit.page.emulate_media(color_scheme="dark", media="print")
    visit.open(run.html)
    expect(visit.page.locator("form.filter")).to_be_hidden()
    assert visit.page.evaluate("getComputedStyle(document.body).color") == "rgb(31, 35, 40)"


def test_the_allure_report_shows_failure_exchange_and_picture(
    visit: Visit, allure_report: Path
) -> None:
    page = visit.page
    visit.open(allure_report)
    page.get_by_text("A broken promise is told in words").first.click()
    expect(page.get_by_text("Then 3 books are left")).to_be_visible()
    of_scenario, of_step = page.get_by_text("expected: 3 books").all()
    expect(of_scenario).to_be_visible()
    expect(of_step).to_be_visible()
    page.get_by_text("When a reader borrows 1 books").click()
    page.get_by_text("POST /loans").click()
    expect(page.get_by_text("Jürgen <b>")).to_be_visible()

    visit.open(allure_report)
    page.get_by_text("A picture of the day").click()
    page.get_by_text("When the day is drawn").click()
    page.get_by_text("The day", exact=True).click()
    picture = page.locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 60
    assert visit.is_quiet(), visit


def test_the_allure_report_follows_the_files_and_has_no_empty_tab(
    visit: Visit, allure_report: Path
) -> None:
    visit.open(allure_report)
    leaves = visit.page.get_by_test_id("tree-leaf")
    expect(leaves.first).to_contain_text("A book that is there is lent")
    told = "\n".join(leaves.all_inner_texts())
    places = [told.index(name) for name in FAILING]
    assert places == sorted(places)
    for tab in ("nav-tab-qualityGate", "nav-tab-globalAttachments", "nav-tab-globalErrors"):
        expect(visit.page.get_by_test_id(tab)).to_be_hidden()
