"""What plain pytest-bdd reads without a word, and what is said of it here."""

from pathlib import Path

import pytest

from bdd.language.definitions import StepDefinition
from bdd.language.document import read
from tests.bdd.conftest import CheckText, Project
from tests.bdd.samples import GOOD, OUTLINE, RULES, TABLE
from tests.bdd.traps import TRAPS

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_told(name: str, check_text: CheckText) -> None:
    checked = check_text(TRAPS[name].text)
    told = sorted((problem.line, problem.told("basket.feature")) for problem in checked.problems)
    expected = sorted(TRAPS[name].tells)
    assert [line for line, _ in told] == [line for line, _ in expected], checked.told()
    for (_, words), (line, part) in zip(told, expected, strict=True):
        assert words.startswith(f"basket.feature:{line}: ")
        assert part in words


@pytest.mark.parametrize("text", [GOOD, OUTLINE, TABLE, RULES])
def test_what_the_traps_are_made_of_is_sound(text: str, check_text: CheckText) -> None:
    assert check_text(text).told() == ""


@pytest.mark.parametrize("name", TRAPS)
def test_every_problem_says_what_to_do(name: str, check_text: CheckText) -> None:
    problems = check_text(TRAPS[name].text).problems
    assert [problem for problem in problems if not problem.do or not problem.what] == []


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_lines(
    check_text: CheckText,
) -> None:
    text = (
        GOOD.replace("  Scenario:", "  @smok\n  Scenario:").replace("eats 1", "eats one")
        + "  Scenario: Later\n"
    )
    told = check_text(text).told()
    places = [line.split(": ")[0] for line in told.splitlines() if line.startswith("basket")]
    assert places == ["basket.feature:2", "basket.feature:5", "basket.feature:7"]


def test_a_problem_tells_what_was_read_meant_and_to_do(check_text: CheckText) -> None:
    assert check_text(GOOD + "  Senario: Another\n").told() == (
        "basket.feature:6: the line has no keyword\n"
        "    read:  Senario: Another\n"
        "    meant: Scenario: Another\n"
        "    do:    write `Scenario: Another`"
    )


def test_undefined_step_has_the_nearest_steps_in_order_and_a_beginning(
    check_text: CheckText,
) -> None:
    told = check_text(GOOD.replace("Ann eats 1 cucumbers", "Ann peels 2 leeks")).told()
    lines = [line.strip() for line in told.splitlines()]
    assert "meant: When Ann eats 3 cucumbers" in lines
    assert "{vegetable} is cucumbers, leeks or tomatoes, such as cucumbers" in lines
    assert lines.index("When Ann washes cucumbers") > lines.index(
        "meant: When Ann eats 3 cucumbers"
    )
    assert told.endswith(
        "or ask a programmer to define this one:\n"
        '           @when("{name:Name} peels {count:Count} {vegetable:Vegetable}")\n'
        "           def ann_peels_leeks(name, count, vegetable):\n"
        '               """Says what the step does."""\n'
        "               raise NotImplementedError"
    )


def test_a_step_of_another_kind_has_the_nearest_steps_of_the_kind_it_stands_as(
    check_text: CheckText,
) -> None:
    told = check_text(GOOD.replace("When Ann", "Given Ann")).told()
    assert told.partition("\n    read:")[2] == (
        "  Given Ann eats 1 cucumbers\n"
        "    meant: When Ann eats 1 cucumbers\n"
        "    do:    begin it with When, or with And after a When; the nearest Given steps are:\n"
        "           Given a basket with 3 cucumbers\n"
        "               {count} is a whole number, such as 3\n"
        "               {vegetable} is cucumbers, leeks or tomatoes, such as cucumbers"
    )


def test_a_step_of_another_kind_may_have_nothing_near(check_text: CheckText) -> None:
    told = check_text(GOOD.replace("Given a basket with 3 cucumbers", "Given the cook is called"))
    assert told.told().endswith("do:    begin it with When, or with And after a When")


def test_ambiguous_step_names_both_definitions_with_their_lines(
    check_text: CheckText, definitions: list[StepDefinition]
) -> None:
    washing = [each for each in definitions if "washes" in each.text]
    told = check_text(GOOD.replace("Ann eats 1", "Ann washes")).told()
    assert len(washing) == 2
    for each in washing:
        assert f"{each.text}  ({each.where})" in told


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "basket.feature"
    path.write_bytes("Feature: Körbe\n".encode("latin-1"))
    (problem,) = read(path).problems
    assert (problem.line, problem.read) == (1, r"\xf6rbe\n")
    assert "UTF-8" in problem.do


def test_the_beginning_for_programmers_is_shown_on_request(project: Project) -> None:
    project.write("features/basket.feature", GOOD.replace("eats 1", "peels 1"))
    assert "NotImplementedError" not in project.run("--dry-run").stdout.str()
    told = project.run("--dry-run", "--frames").stdout.str()
    assert "def ann_peels_cucumbers(name, count, vegetable):" in told
