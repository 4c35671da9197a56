"""Feature files behave like pytest's own test files."""

import pytest

from tests.bdd.conftest import Project
from tests.bdd.samples import GOOD, OUTLINE, RULES
from tests.bdd.test_no_false_alarms import GERMAN

pytest_plugins = ["pytester"]

BROKEN = GOOD.replace("Eating", "Breaking").replace("holds 2", "holds two")
FAILING = GOOD.replace("Eating", "Failing").replace("holds 2", "holds 9")

ODD = """\
Feature: Odd names
  Scenario: Prices :: 5 € for <all> / "quoted" [draft]
    Then the basket holds 0 leeks
  Scenario Outline: Größe
    Given a basket with <count> <kind>
    Then the basket holds <count> <kind>
    Examples:
      | count | kind  |
      | 1     | leeks |
    Examples: once more
      | count | kind  |
      | 1     | leeks |
"""


def test_each_scenario_and_each_row_is_a_test_named_in_plain_words(project: Project) -> None:
    project.write("features/eating.feature", OUTLINE)
    project.write("features/rules.feature", RULES)
    assert project.collected() == [
        "features/eating.feature::Eating <eaten>[eaten=1, left=2]",
        "features/eating.feature::Eating <eaten>[eaten=2, left=1]",
        "features/rules.feature::Emptied",
        "features/rules.feature::Filled",
    ]


def test_scenarios_run_and_fail_as_tests(project: Project) -> None:
    project.write("features/eating.feature", OUTLINE)
    project.write("features/failing.feature", FAILING)
    project.run("features").assert_outcomes(passed=2, failed=1)


def test_names_stay_readable_and_every_one_can_be_asked_for(project: Project) -> None:
    project.write("features/odd.feature", ODD)
    names = project.collected()
    assert names == [
        'features/odd.feature::Prices : 5 € for <all> / "quoted" [draft]',
        "features/odd.feature::Größe[count=1, kind=leeks]",
        "features/odd.feature::Größe[count=1, kind=leeks #2]",
    ]
    for name in names:
        assert project.collected(name) == [name]
    assert project.collected("features/odd.feature::Größe") == names[1:]


def test_very_long_rows_get_short_unique_names(project: Project) -> None:
    rows = "".join(f"      | {'cucumber ' * 40}{end} |\n" for end in "ab")
    head = (
        "Feature: F\n  Scenario Outline: S <x>\n    Then the basket holds 0 leeks\n    Examples:\n"
    )
    project.write("features/long.feature", f"{head}      | x |\n{rows}")
    first, second = project.collected()
    assert first != second
    assert max(len(first), len(second)) < 220


def test_selection_by_name_and_by_tag(project: Project) -> None:
    tagged = OUTLINE.replace("    Examples:", "    @slow\n    Examples:")
    project.write("features/eating.feature", "@smoke\n" + tagged)
    project.write("features/rules.feature", RULES.replace("  Rule", "  @slow\n  Rule", 1))
    assert project.collected("-m", "smoke and slow") == project.collected("-k", "Eating")
    assert project.collected("-m", "slow and not smoke") == ["features/rules.feature::Emptied"]


def test_tags_with_a_value_can_stand_anywhere_but_above_examples(project: Project) -> None:
    text = "@issue:B-1\n" + GOOD.replace("  Scenario", "  @severity:minor\n  Scenario")
    project.write("features/tagged.feature", text)
    project.run().assert_outcomes(passed=1)


def test_last_failed_runs_the_failed_scenario_only(project: Project) -> None:
    project.write("features/eating.feature", OUTLINE)
    project.write("features/failing.feature", FAILING)
    project.run().assert_outcomes(passed=2, failed=1)
    assert project.collected("--lf") == ["features/failing.feature::Failing"]


def test_keywords_may_be_german(project: Project) -> None:
    project.write("features/koerbe.feature", GERMAN)
    assert project.collected() == [
        "features/koerbe.feature::Aus dem Korb <gegessen> essen[gegessen=1, übrig=2]"
    ]
    project.run().assert_outcomes(passed=1)


def test_a_byte_order_mark_does_not_matter(project: Project) -> None:
    project.write("features/notepad.feature", "\ufeff" + GOOD)
    project.run().assert_outcomes(passed=1)


def test_reports_point_at_the_line_of_the_scenario_or_row(project: Project) -> None:
    project.write("features/eating.feature", OUTLINE)
    project.write("features/rules.feature", RULES)
    items = project.items()
    places = [(item.path.name, item.reportinfo()[1]) for item in items]
    assert places == [
        ("eating.feature", 7),
        ("eating.feature", 8),
        ("rules.feature", 2),
        ("rules.feature", 6),
    ]


def test_a_bad_file_fails_once_and_the_others_run(project: Project) -> None:
    project.write("features/a_good.feature", GOOD)
    project.write("features/bad.feature", GOOD + "  Scenario: Eating\n  Senario: x\n")
    result = project.run()
    result.assert_outcomes(passed=1, failed=1)
    text = result.stdout.str()
    assert "features/bad.feature:6: line 2 has a scenario of the same name" in text
    assert "features/bad.feature:7: the line was read as description" in text


def test_a_bad_scenario_fails_under_its_name_and_the_others_of_its_file_run(
    project: Project,
) -> None:
    text = GOOD + BROKEN.partition("\n")[2]
    project.write("features/eating.feature", text)
    project.run().assert_outcomes(passed=1, failed=1)
    name = "features/eating.feature::Breaking"
    project.run(name).assert_outcomes(failed=1)
    assert project.collected()[0] == name


def test_a_bad_background_fails_its_file(project: Project) -> None:
    background = "Feature: Baskets\n  Background:\n    Given a bag\n"
    project.write("features/eating.feature", background + GOOD.partition("\n")[2])
    result = project.run()
    result.assert_outcomes(failed=1)
    assert "eating.feature:3: no step is defined" in result.stdout.str()


@pytest.mark.parametrize("selection", [("-k", "Eating"), ("-m", "smoke"), ("-m", "not slow")])
def test_problems_cannot_be_deselected(project: Project, selection: tuple[str, str]) -> None:
    project.write("features/broken.feature", BROKEN)
    project.write("features/empty.feature", "")
    project.write("features/good.feature", "@smoke\n" + GOOD)
    result = project.run(*selection)
    result.assert_outcomes(passed=1, failed=2)


def test_problems_are_told_before_the_first_scenario_starts(project: Project) -> None:
    project.write("features/a_good.feature", GOOD)
    project.write("features/broken.feature", BROKEN)
    lines = project.run("-v").outlines
    told = next(i for i, line in enumerate(lines) if "`two` cannot be read as count" in line)
    first = next(i for i, line in enumerate(lines) if "::" in line)
    assert told < first
    assert "Breaking" in lines[first]


def test_no_step_of_a_bad_scenario_runs(project: Project) -> None:
    project.write("features/broken.feature", GOOD.replace("Then the", "Then a"))
    steps = project.path.joinpath("steps.py").read_text(encoding="utf-8")
    mark = "    basket[vegetable] += count\n"
    assert mark in steps
    project.write("steps.py", steps.replace(mark, "    raise SystemExit('a step ran')\n", 1))
    result = project.run()
    result.assert_outcomes(failed=1)
    assert "a step ran" not in result.stdout.str()


def test_an_async_step_is_rejected(project: Project) -> None:
    project.write(
        "features/cook.feature", GOOD.replace("Ann eats 1 cucumbers", "the cook is called")
    )
    result = project.run()
    result.assert_outcomes(failed=1)
    assert "features/cook.feature:4: the step is defined as `async def` (steps.py:" in (
        result.stdout.str()
    )
