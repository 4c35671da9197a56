from pathlib import Path

import pytest

from tests.bdd.conftest import Project
from tests.bdd.samples import GOOD, RULES

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["features/eatin.feature"],
            "features/eatin.feature: there is no such file or folder; did you mean eating.feature?",
        ),
        (["feature"], "feature: there is no such file or folder; did you mean features?"),
        (["features/EATING.FEATURE"], "EATING.FEATURE: not a feature file by its name"),
        (["features/eating.feature.txt"], "eating.feature.txt: not a feature file by its name"),
        (["features/rules.feature:999"], "rules.feature:999: there is no scenario at this line"),
        (
            ["features/rules.feature:999", "--dry-run"],
            "rules.feature:999: there is no scenario at this line; they begin at 3, 7",
        ),
        (
            ["features", "-m", "smok and not slow"],
            "-m smok and not slow: no scenario has the tag smok; did you mean smoke?",
        ),
        (["features", "-m", "smoke slow"], "-m smoke slow: it cannot be read (expected end"),
        (["features", "-k", "Carol eats"], "words are joined by and, or, not, as in"),
        (
            ["features/rules.feature::Fild"],
            "features/rules.feature: there is no scenario `Fild`; did you mean `Filled`?",
        ),
        (
            ["features", "-k", "nonsense"],
            "-k nonsense: none of the 3 scenarios in the files fits, so nothing was run",
        ),
        (["features/rules.feature::Filled", "-k", "Emptied"], "-k Emptied: none of the 2"),
        (["features/rules.feature:7", "-k", "Emptied"], "-k Emptied: none of the 2"),
        (
            ["features", "--tags=@smoke", "-m", "slow", "-k", "Fill"],
            "--tags @smoke and -m slow and -k Fill: none of the 3 scenarios",
        ),
        (["features", "-m", "quick"], "no scenario has the tag quick; there are: smoke, slow"),
    ],
)
@pytest.mark.parametrize("processes", [[], ["-n", "2"]], ids=["alone", "side by side"])
def test_a_mistake_on_the_command_line_is_told_in_a_sentence(
    project: Project, arguments: list[str], processes: list[str], sentence: str
) -> None:
    for name in ("eating.feature", "EATING.FEATURE", "eating.feature.txt"):
        project.write(f"features/{name}", GOOD)
    project.write("features/rules.feature", RULES)
    result = project.run(*arguments, *processes)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (line,) = [line for line in result.stderr.lines if line]
    assert line.startswith("ERROR: ")
    assert sentence in line


def test_declared_tags_are_no_mistake(project: Project) -> None:
    project.write("features/eating.feature", "@smoke\n" + GOOD)
    project.run("features", "-m", "smoke and not (slow or alone)").assert_outcomes(passed=1)


def test_what_is_wrong_with_a_file_is_told_rather_than_a_line_that_it_lacks(
    project: Project,
) -> None:
    project.write("features/eating.feature", RULES.replace("    Scenario: F", "    Scenaro: F"))
    result = project.run("features/eating.feature:6")
    result.assert_outcomes(failed=1)
    assert "meant: Scenario: Filled" in result.stdout.str()


@pytest.mark.parametrize("processes", [[], ["-n", "2"]], ids=["alone", "side by side"])
@pytest.mark.parametrize("chosen", [["-k", "nonsense"], ["-m", "slow"], ["--tags=@slow"]])
def test_a_choice_that_leaves_nothing_leaves_the_reports_of_the_last_run(
    project: Project, processes: list[str], chosen: list[str]
) -> None:
    project.write("features/eating.feature", GOOD)
    reports = ["-o", "bdd_reports=reports", *processes]
    project.run("features", *reports)
    before = contents(project.path / "reports")
    assert {"junit.xml", "report.html", "verdict.json"} <= {path.name for path in before}
    assert project.run("features", *reports, *chosen).ret == pytest.ExitCode.USAGE_ERROR
    assert contents(project.path / "reports") == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_problems_are_told_whatever_is_chosen(project: Project) -> None:
    project.write("features/eating.feature", GOOD.replace("When Ann", "When, Ann"))
    project.run("features", "-k", "nonsense").assert_outcomes(failed=1)
