import pytest

from bdd.running.lines import split_line
from tests.bdd.conftest import Project
from tests.bdd.samples import GOOD, OUTLINE, RULES

pytest_plugins = ["pytester"]

EATING = "features/eating.feature::Eating <eaten>"
FIRST = f"{EATING}[eaten=1, left=2]"
SECOND = f"{EATING}[eaten=2, left=1]"


@pytest.mark.parametrize(
    ("argument", "file", "lines"),
    [
        ("a.feature", "a.feature", []),
        ("a.feature:12", "a.feature", [12]),
        ("a.feature:12:30", "a.feature", [12, 30]),
        (r"C:\shop\a.feature:12", r"C:\shop\a.feature", [12]),
        (r"C:\shop\a.feature", r"C:\shop\a.feature", []),
        ("a.feature::Paying 12:30", "a.feature::Paying 12:30", []),
        ("test_a.py:12", "test_a.py:12", []),
    ],
)
def test_lines_are_told_apart_from_the_file(argument: str, file: str, lines: list[int]) -> None:
    assert split_line(argument) == (file, lines)


@pytest.mark.parametrize(
    ("lines", "selected"),
    [
        ("2", [FIRST, SECOND]),
        ("4", [FIRST, SECOND]),
        ("7", [FIRST, SECOND]),
        ("8", [FIRST]),
        ("9", [SECOND]),
        ("8:9", [FIRST, SECOND]),
    ],
)
def test_a_line_of_an_outline_means_its_row_or_all_of_them(
    project: Project, lines: str, selected: list[str]
) -> None:
    project.write("features/eating.feature", OUTLINE)
    assert project.collected(f"features/eating.feature:{lines}") == selected


def test_a_line_in_a_scenario_means_the_scenario_and_leaves_other_files_whole(
    project: Project,
) -> None:
    project.write("features/eating.feature", GOOD)
    project.write(
        "features/rules.feature", RULES.replace("    Scenario: F", "    @slow\n    Scenario: F")
    )
    tag_line = project.collected("features/rules.feature:7", "features/eating.feature")
    assert tag_line == ["features/rules.feature::Filled", "features/eating.feature::Eating"]
    both = project.collected("features/rules.feature:4", "features/rules.feature:10")
    assert both == ["features/rules.feature::Emptied", "features/rules.feature::Filled"]


def test_an_absolute_path_has_lines_too(project: Project) -> None:
    path = project.write("features/rules.feature", RULES)
    assert project.collected(f"{path}:4") == ["features/rules.feature::Emptied"]


@pytest.mark.parametrize("line", [1, 6, 99])
def test_a_line_outside_of_scenarios_is_an_error_that_names_theirs(
    project: Project, line: int
) -> None:
    project.write("features/rules.feature", RULES)
    result = project.run(f"features/rules.feature:{line}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    expected = f"rules.feature:{line}: there is no scenario at this line; they begin at 3, 7"
    assert expected in result.stderr.str()


def test_a_scenario_with_a_problem_can_be_asked_for_by_line(project: Project) -> None:
    project.write("features/eating.feature", RULES.replace("3 leeks", "three leeks"))
    project.run("features/eating.feature:8").assert_outcomes(failed=1)
    project.run("features/eating.feature:4").assert_outcomes(passed=1, deselected=1)
