import json

import pytest

from tests.bdd.conftest import Project
from tests.bdd.samples import GOOD, OUTLINE, TABLE

pytest_plugins = ["pytester"]

SERVER = (
    "\n\n@pytest.fixture(autouse=True, scope='session')\ndef server():\n    raise SystemExit(9)\n"
)


@pytest.fixture
def shop(project: Project) -> Project:
    """A project that would end at once if anything in it were run."""
    steps = project.path.joinpath("steps.py").read_text(encoding="utf-8")
    project.write("steps.py", steps + SERVER)
    project.write("features/eating.feature", OUTLINE)
    project.write("features/mixed.feature", TABLE)
    return project


def test_a_dry_run_counts_and_runs_nothing(shop: Project) -> None:
    result = shop.run("features", "--dry-run", "-n2")
    assert result.ret == pytest.ExitCode.OK
    assert result.outlines == [
        "features/eating.feature: 2 scenarios, ok",
        "features/mixed.feature: 1 scenario, ok",
        "",
        "9 steps defined, 5 of them not used here",
        "2 files, 3 scenarios, no problem",
    ]


def test_a_dry_run_fails_and_tells_every_problem(shop: Project) -> None:
    shop.write("features/bad.feature", GOOD.replace("eats 1", "eats one") + "  Scenario: x\n")
    result = shop.run("--dry-run")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.outlines[0] == "features/bad.feature: 2 scenarios, 2 problems"
    assert "features/bad.feature:4: `one` cannot be read as count" in result.stdout.str()
    assert result.outlines[-1] == "3 files, 5 scenarios, 2 problems"


def test_a_dry_run_of_one_file_looks_at_that_one(shop: Project) -> None:
    result = shop.run("features/mixed.feature:3", "--dry-run")
    assert result.outlines[-1] == "1 file, 1 scenario, no problem"


@pytest.mark.parametrize(
    ("selection", "counted"),
    [
        (["features/eating.feature:3"], 2),
        (["features/eating.feature:9"], 1),
        (["features", "-k", "mixed"], 1),
        (["features", "-m", "not smoke"], 3),
    ],
)
def test_a_dry_run_counts_what_is_selected(
    shop: Project, selection: list[str], counted: int
) -> None:
    assert f", {counted} scenario" in shop.run(*selection, "--dry-run").outlines[-1]


def test_a_dry_run_of_one_scenario_tells_nothing_of_another(shop: Project) -> None:
    wrong = "  Scenario: Wrong\n    Given something that nobody defined\n"
    shop.write("features/bad.feature", GOOD + wrong)
    told = shop.run("features/bad.feature:2", "--dry-run")
    assert told.ret == pytest.ExitCode.OK
    assert told.outlines[0] == "features/bad.feature: 1 scenario, ok"
    assert shop.run("features/bad.feature:6", "--dry-run").ret == pytest.ExitCode.TESTS_FAILED


def test_folders_that_pytest_does_not_enter_are_left_out(shop: Project) -> None:
    for folder in (".venv", "node_modules"):
        shop.path.joinpath(folder).mkdir()
        shop.write(f"{folder}/foreign.feature", "")
    assert shop.run("--dry-run").outlines[-1] == "2 files, 3 scenarios, no problem"


def test_a_dry_run_without_features_is_no_success(project: Project) -> None:
    assert project.run("--dry-run").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_catalogue_shows_each_step_with_all_that_an_author_needs(shop: Project) -> None:
    result = shop.run("--steps")
    assert result.ret == pytest.ExitCode.OK
    text = result.stdout.str()
    assert (
        "{name} eats {count} {vegetable}\n"
        "    Takes vegetables out of the basket.\n"
        "    such as: Ann eats 3 cucumbers\n"
        "    {name} is a name, such as Ann\n"
        "    {count} is a whole number, such as 3\n"
        "    {vegetable} is cucumbers, leeks or tomatoes, such as cucumbers\n"
        "    used once, steps.py:"
    ) in text
    assert "    | vegetable | count |\n    | cucumbers | 3     |\n    used once" in text
    assert "the basket holds {count} {vegetable}" in text
    assert "    used 2 times, steps.py:" in text
    assert "the cook is called\n    Would never run." in text
    assert "    NOT USED, steps.py:" in text


def test_the_catalogue_as_markdown_does_not_change_with_the_features(shop: Project) -> None:
    shop.run("--steps-markdown=steps.md")
    before = shop.path.joinpath("steps.md").read_text(encoding="utf-8")
    shop.path.joinpath("features/eating.feature").unlink()
    shop.run("--steps-markdown=steps.md")
    assert shop.path.joinpath("steps.md").read_text(encoding="utf-8") == before
    assert (
        "### `{name} eats {count} {vegetable}`\n\n"
        "Takes vegetables out of the basket.\n\n"
        "```gherkin\nWhen Ann eats 3 cucumbers\n```\n\n"
        "- `{name}` is a name, such as `Ann`\n"
    ) in before
    assert "](../steps.py#L" in before


@pytest.mark.parametrize("option", ["--steps-markdown", "--promises-markdown", "--vscode-settings"])
def test_a_file_that_is_written_is_named(shop: Project, option: str) -> None:
    result = shop.run(f"{option}=page")
    assert result.outlines == ["page: written"]


@pytest.mark.parametrize(
    ("argument", "says"),
    [
        ("--steps-markdown=nowhere/page.md", "nowhere/page.md: it cannot be written: No such"),
        ("--vscode-settings=commented.json", "commented.json: it cannot be read as JSON, which"),
    ],
)
def test_a_file_that_cannot_be_written_is_a_mistake(
    shop: Project, argument: str, says: str
) -> None:
    shop.write("commented.json", '{\n  // ours\n  "editor.tabSize": 2\n}\n')
    result = shop.run(argument)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (told,) = [line for line in result.errlines if line]
    assert says in told


def test_the_promises_are_written_with_the_faults_that_the_project_knows(shop: Project) -> None:
    shop.run("features", "--promises-markdown=promises.md")
    without = shop.path.joinpath("promises.md").read_text(encoding="utf-8")
    assert "[features/mixed.feature](features/mixed.feature)" in without
    assert "fault" not in without
    faults = '[Fault("rot", "Fruit keeps.", frozenset({"features/mixed.feature::Mixed"}))]'
    hook = f"\n\ndef pytest_bdd_faults():\n    from bdd import Fault\n    return {faults}\n"
    steps = shop.path.joinpath("steps.py").read_text(encoding="utf-8")
    shop.write("steps.py", steps + hook)
    shop.run("features", "--promises-markdown=promises.md")
    assert "Fruit keeps. (`rot`)" in shop.path.joinpath("promises.md").read_text(encoding="utf-8")


def test_the_editor_learns_every_placeholder_and_keeps_its_other_settings(shop: Project) -> None:
    shop.write("settings.json", '{"editor.tabSize": 2, "cucumber.glue": ["old.py"]}')
    shop.run("--vscode-settings=settings.json")
    settings = json.loads(shop.path.joinpath("settings.json").read_text(encoding="utf-8"))
    assert settings["editor.tabSize"] == 2
    assert settings["cucumber.glue"] == ["*.py"]
    assert settings["cucumber.parameterTypes"] == [
        {"name": "anything", "regexp": ".+?"},
        {"name": "count:Count", "regexp": r"\S+"},
        {"name": "name:Name", "regexp": "[A-Z][a-z]+"},
        {"name": "vegetable:Vegetable", "regexp": "cucumbers|leeks|tomatoes"},
    ]
