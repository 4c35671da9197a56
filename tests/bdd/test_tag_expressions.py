import pytest

from tests.bdd.conftest import Project

pytest_plugins = ["pytester"]

TAGGED = """\
Feature: Baskets
  @smoke @severity:critical
  Scenario: First
    Then the basket holds 0 leeks
  @smoke
  Scenario: Second
    Then the basket holds 0 leeks
  Scenario Outline: Third <n>
    Then the basket holds 0 leeks
    @slow
    Examples:
      | n |
      | 1 |
    Examples:
      | n |
      | 2 |
"""


@pytest.fixture
def tagged(project: Project) -> Project:
    project.write("features/tagged.feature", TAGGED)
    return project


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--tags=@smoke and not @severity:critical"], ["Second"]),
        (["--tags", "not @smoke"], ["Third <n>[n=1]", "Third <n>[n=2]"]),
        (["--tags=@slow or (@smoke and @severity:critical)"], ["First", "Third <n>[n=1]"]),
        (["--tags=@smoke", "-m", "smoke", "-k", "Second"], ["Second"]),
        (["--tags="], ["First", "Second", "Third <n>[n=1]", "Third <n>[n=2]"]),
    ],
)
def test_scenarios_are_chosen_by_a_tag_expression(
    tagged: Project, options: list[str], expected: list[str]
) -> None:
    names = [nodeid.partition("::")[2] for nodeid in tagged.collected("features", *options)]
    assert names == expected
    counted = tagged.run("features", "--dry-run", *options).outlines[-1]
    assert f", {len(expected)} scenario" in counted


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("@smok or @slow", "no scenario has the tag smok; did you mean smoke?"),
        ("@smoke and", "it cannot be read: and: Too few operands"),
        ("@smoke @slow", "it cannot be read"),
    ],
)
def test_a_slip_in_a_tag_expression_is_told_in_a_sentence(
    tagged: Project, expression: str, sentence: str
) -> None:
    result = tagged.run("features", f"--tags={expression}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (line,) = [line for line in result.stderr.lines if line]
    assert line.startswith(f"ERROR: --tags {expression}: ")
    assert sentence in line


def test_the_json_that_only_one_process_can_write_is_refused_to_more(tagged: Project) -> None:
    refused = tagged.run("features", "--cucumberjson=out.json", "-n2")
    assert refused.ret == pytest.ExitCode.USAGE_ERROR
    assert "--cucumberjson is written by one process only: add -n 0" in refused.stderr.str()
    tagged.run("features", "--cucumberjson=out.json", "-n0").assert_outcomes(passed=4)
    assert tagged.path.joinpath("out.json").read_text("utf-8").count('"passed"') == 4
