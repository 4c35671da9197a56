"""Scenarios about what is not offered are told apart from those that are skipped."""

import json
import re

import pytest

pytest_plugins = ["pytester"]

FEATURE = """
Feature: Lending
  @needs_paper
  Scenario: Newspapers
    Then a step

  Scenario Outline: <kind>
    Then a step

    Examples:
      | kind  |
      | Books |

    @needs_films
    Examples: Moving pictures
      | kind  |
      | Films |
"""
CONFTEST = """
from bdd import not_offered
from pytest_bdd import then

pytest_plugins = ["bdd.plugin"]


@then("a step")
def step(): ...


@then("a song")
def song():
    not_offered("a song", by="the librarian")


def pytest_bdd_not_offered(config, needed):
    return {"paper": None, "films": "the projector is broken"}[needed]
"""
INI = "[pytest]\nbdd_needs =\n    paper: printed things\n    films: films\n"


def prepare(pytester: pytest.Pytester, feature: str = FEATURE) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makeini(INI)
    pytester.path.joinpath("all.feature").write_text(feature, encoding="utf-8")


def test_what_is_not_offered_is_counted_apart_in_every_report(pytester: pytest.Pytester) -> None:
    prepare(pytester)
    options = ("--html=report.html", "--self-contained-html", "--alluredir=allure")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-rs", *options)
    result.stdout.fnmatch_lines(
        ["* Lending *2 passed, 1 not offered*", "*not offered: films (the projector is broken)*"]
    )
    assert result.ret == 0
    page = (pytester.path / "report.html").read_text(encoding="utf-8")
    assert "not offered: films (the projector is broken)" in page
    assert '<th scope="col">Not offered</th>' in page
    assert "✓ 2 scenarios passed, 1 not offered" in page
    results = [
        json.loads(file.read_text(encoding="utf-8"))
        for file in (pytester.path / "allure").glob("*-result.json")
    ]
    (absent,) = [each for each in results if each["status"] == "skipped"]
    assert absent["statusDetails"]["message"].startswith("not offered: films")
    categories = json.loads((pytester.path / "allure" / "categories.json").read_text("utf-8"))
    assert {"not offered", "suite error"} <= {each["name"] for each in categories}


def test_a_step_can_tell_it_too(pytester: pytest.Pytester) -> None:
    prepare(pytester, FEATURE.replace("Then a step", "Then a song"))
    options = ("--html=report.html", "--self-contained-html", "--alluredir=allure")
    written = ("--verdict", "verdict.json")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", *options, *written)
    result.stdout.fnmatch_lines(["*3 scenarios need what is not offered*"])
    verdict = json.loads((pytester.path / "verdict.json").read_text("utf-8"))
    assert (verdict["not_offered"], verdict["skipped"]) == (3, 0)
    said = "not offered by the librarian: a song"
    assert said in (pytester.path / "report.html").read_text(encoding="utf-8")
    categories = json.loads((pytester.path / "allure" / "categories.json").read_text("utf-8"))
    (pattern,) = [each["messageRegex"] for each in categories if each["name"] == "not offered"]
    assert re.match(pattern, said)


def test_an_undeclared_need_is_a_mistake(pytester: pytest.Pytester) -> None:
    prepare(pytester, FEATURE.replace("needs_paper", "needs_papers"))
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "--dry-run")
    result.stdout.fnmatch_lines(["*nobody declared this tag*", "*meant: @needs_paper*"])
