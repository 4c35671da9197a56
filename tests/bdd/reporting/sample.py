"""A sample project in a directory of its own, and what a run of it leaves behind."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).parents[3]

FILES = {
    "pytest.ini": """[pytest]
addopts = --strict-config --strict-markers -ra -p no:cacheprovider
filterwarnings = error
junit_family = xunit1
bdd_tags =
    smoke: the first to run
    skip: not to be run
    flooded: cannot start
    draughty: cannot end
""",
    "conftest.py": 'pytest_plugins = ["bdd.plugin", "lending_steps"]\n',
    "lending_steps.py": Path(__file__).with_name("lending_steps.py").read_text(encoding="utf-8"),
}

LENDING = """@severity:critical
Feature: Lending <books> & "papers" for 5 €
  A library lends what it has.

  Rule: Only what is there can be lent

    @smoke @issue:LIB-7
    Scenario: A book that is there is lent
      Two readers, one book.
      Given a shelf with these books:
        | title          | copies |
        | Flüsse < Meere | 1      |
        | "Quoted" & Co. | 2      |
      When a reader borrows 1 books
      Then 2 books are left

    Scenario: A broken promise is told in words
      Given a shelf with 3 books
      When a reader borrows 1 books
      Then 3 books are left
      And the reader is happy

    Scenario: A plain assertion shows the step code only
      Given a shelf with 3 books
      Then the shelf is empty

    Scenario: A fault of the suite is no broken promise
      Given a shelf with 3 books
      Then the step code is wrong

    Scenario: A end-of-scenario check finds what no step looked at
      Given a shelf with 0 books
      When a reader borrows 1 books
      Then the reader is happy

  Rule: Every row counts

    @link:https://example.org/rules
    Scenario Outline: Borrowing <lent> of <stock>
      Given a shelf with <stock> books
      When a reader borrows <lent> books
      Then <left> books are left
      Examples:
        | stock | lent | left |
        | 3     | 1    | 2    |
        | 5     | 5    | 1    |
"""

OPENING = """Feature: Opening hours

  @skip
  Scenario: Closed on Sundays
    Given a shelf with 1 books
    Then 1 books are left

  @flooded
  Scenario: The cellar is under water
    Given a shelf with 1 books
    Then 1 books are left

  @draughty
  Scenario: The door does not close
    Given a shelf with 1 books
    Then 1 books are left

  Scenario: A picture of the day
    Given a shelf with 1 books
    When the day is drawn
    Then a notice says
      \"\"\"
      Open from 9 < to > 5
      \"\"\"
"""

READING = """@link:https://example.org/quiet
Feature: Reading

  Background:
    Given a shelf with 4 books

  @issue:LIB-8
  Scenario Outline: <count> books are read
    When a reader borrows <count> books
    Then <left> books are left

    Examples: A quiet day
      | count | left |
      | 1     | 3    |

    Examples:
      | count | left |
      | 2     | 2    |

  Rule: Books are quiet

    Scenario: Nobody hears a book
      When a reader borrows 1 books
      Then 3 books are left
"""

RICH = {
    "features/reading.feature": READING,
    "conftest.py": """pytest_plugins = ["bdd.plugin", "lending_steps"]

from bdd import Fault

READING = "features/reading.feature::"


def pytest_bdd_faults():
    both = [READING + "Nobody hears a book", READING + "<count> books are read"]
    return [
        Fault("shouts", "Books are <never> loud.", frozenset(both[:1])),
        Fault("burns", "Books do not burn.", frozenset(both)),
    ]
""",
}

CRASHING = """@severity:blocker
Feature: Storms
  Rule: The library stands

    Scenario: The roof holds
      Given a shelf with 1 books
      When the roof comes down
      Then 1 books are left

    Scenario: Another day
      Given a shelf with 1 books
      Then 1 books are left
"""

TYPO = """Feature: Hasty
  Scenaro: Nobody would miss it
    Given a shelf with 1 books
"""

PLAIN_TEST = """import pytest

@pytest.mark.parametrize("text", ["<b>bold</b>"])
def test_plain(text):
    assert text
"""


@dataclass(frozen=True)
class Run:
    """What a run of the sample project wrote."""

    directory: Path
    console: str

    @property
    def html(self) -> Path:
        return self.directory / "reports" / "report.html"

    @cached_property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.html.read_text(encoding="utf-8"), "html.parser")

    def scenario(self, name: str) -> Tag:
        """The element of the scenario in the HTML report."""
        found = [each for each in self.page.select("details.scenario") if name in text_of(each)]
        assert len(found) == 1, f"{len(found)} scenarios called {name}"
        return found[0]

    @cached_property
    def results(self) -> dict[str, dict[str, Any]]:
        """Allure's results by name."""
        files = self.directory.glob("reports/allure-results/*-result.json")
        results = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        assert len({result["name"] for result in results}) == len(results)
        return {result["name"]: result for result in results}

    def allure_file(self, name: str) -> str:
        return (self.directory / "reports" / "allure-results" / name).read_text(encoding="utf-8")

    @cached_property
    def verdict(self) -> Any:
        """The verdict as data."""
        return json.loads((self.directory / "reports" / "verdict.json").read_text("utf-8"))

    @property
    def cases(self) -> dict[str, ET.Element]:
        """The cases of the junit file by name."""
        tree = ET.parse(self.directory / "reports" / "junit.xml")
        return {case.attrib["name"]: case for case in tree.iter("testcase")}


def run_sample(directory: Path, files: dict[str, str], *arguments: str, **environ: str) -> Run:
    """Writes the project, runs it in a process of its own and keeps every report."""
    for name, text in {**FILES, **files}.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reports = [
        "--html=reports/report.html",
        "--self-contained-html",
        "--junitxml=reports/junit.xml",
        "--verdict=reports/verdict.json",
    ]
    reports.append("--cucumber-messages=reports/cucumber-messages.ndjson")
    allure = ["--alluredir=reports/allure-results", "--clean-alluredir"]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "GITHUB_", "GITLAB_"))
    }
    settings = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "120", **environ}
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, *reports, *allure],
        cwd=directory,
        env={**inherited, **settings},
        capture_output=True,
        encoding=settings["PYTHONIOENCODING"],
        check=False,
        timeout=120,
    )
    return Run(directory, answer.stdout + answer.stderr)


def text_of(element: Tag) -> str:
    """The text as a reader sees it, in one line."""
    return " ".join(element.get_text(" ").split())
