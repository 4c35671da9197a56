"""GitHub shows failures at the lines of the feature, and is told nothing by other runs."""

import re
from pathlib import Path

import pytest

from bdd.reporting.github import SHOWN, Annotation, commands
from tests.bdd.reporting.sample import LENDING, Run, run_sample

FILES = {"features/lending.feature": LENDING}
MANY = "Feature: Many\n" + "".join(
    f"\n  Rule: Number {number}\n\n    Scenario: Shelf {number}\n"
    f"      Given a shelf with {number} books\n      Then {number + 1} books are left\n"
    for number in range(SHOWN + 2)
)
COMMAND = re.compile(r"^::error file=([^,:]+),line=(\d+),title=([^,:]*)::(.+)$", re.MULTILINE)


def on_github(folder: Path, files: dict[str, str], workspace: Path) -> Run:
    where = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(workspace)}
    return run_sample(folder, files, "features", **where)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("github") / "library"
    return on_github(folder, FILES, folder.parent)


def test_the_first_cause_comes_first_at_the_line_of_its_step(annotated: Run) -> None:
    file, line, title, message = COMMAND.findall(annotated.console)[0]
    assert file == "library/features/lending.feature"
    step = LENDING.splitlines()[int(line) - 1].strip()
    first = annotated.verdict["causes"][0]
    assert step.startswith(("Given", "When", "Then", "And", "Scenario"))
    assert title == f"{first['feature']}: {first['rule']}".replace(":", "%3A").replace(",", "%2C")
    assert first["finding"] in message
    assert "%0A" in message


def test_every_failed_scenario_is_told_once(annotated: Run) -> None:
    failed = annotated.verdict["failed"]
    causes = len(annotated.verdict["causes"])
    found = COMMAND.findall(annotated.console)
    assert len(found) >= failed
    assert len(found) <= failed + causes
    assert len(set(found)) == len(found)


def test_no_more_are_told_than_github_shows(tmp_path: Path) -> None:
    run = on_github(tmp_path, {"features/many.feature": MANY}, tmp_path)
    assert len(COMMAND.findall(run.console)) == SHOWN
    assert "::notice title=2 further failures::" in run.console


def test_other_runs_print_no_commands(run: Run) -> None:
    assert "::error" not in run.console


def test_characters_with_a_meaning_are_escaped() -> None:
    told = Annotation("a,b.feature", 3, "100 %: so", "first\r\nsecond: 5 %, really").command
    assert told == (
        "::error file=a%2Cb.feature,line=3,title=100 %25%3A so::first%0D%0Asecond: 5 %25, really"
    )


def test_a_green_run_has_nothing_to_tell() -> None:
    class Green:
        causes: tuple[()] = ()

        def of_status(self, _: str) -> list[None]:
            return []

    assert commands(Green()) == []  # type: ignore[arg-type]
