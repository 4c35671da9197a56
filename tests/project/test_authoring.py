"""What authors rely on beside the features: the catalogue of steps and the editor's settings."""

import re
from pathlib import Path

import pytest

from bdd.language.checks import checker
from bdd.language.language_service import missing, opinion
from bdd.running.commands import promises_markdown, steps_markdown, vscode_settings

SETTINGS = Path(".vscode", "settings.json")
STEPS = Path("docs", "steps.md")
PROMISES = Path("docs", "promises.md")


def test_the_catalogue_is_that_of_the_step_definitions(pytestconfig: pytest.Config) -> None:
    written = pytestconfig.rootpath.joinpath(STEPS).read_text(encoding="utf-8")
    assert written == steps_markdown(pytestconfig), f"run: pytest --steps-markdown {STEPS}"


def test_the_page_of_promises_is_that_of_the_features(pytestconfig: pytest.Config) -> None:
    root = pytestconfig.rootpath
    page = promises_markdown(pytestconfig, root / PROMISES, sorted(root.glob("features/*.feature")))
    written = root.joinpath(PROMISES).read_text(encoding="utf-8")
    assert written == page, f"run: pytest features --promises-markdown {PROMISES}"


def test_the_editor_knows_the_placeholders_of_all_steps(pytestconfig: pytest.Config) -> None:
    path = pytestconfig.rootpath / SETTINGS
    expected = vscode_settings(pytestconfig, path)
    assert path.read_text(encoding="utf-8") == expected, f"run: pytest --vscode-settings {SETTINGS}"


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_the_editor_recognises_every_step_and_would_change_no_line(
    pytestconfig: pytest.Config,
) -> None:
    seen = opinion(pytestconfig.rootpath, pytestconfig.rootpath / SETTINGS)
    assert len(seen.definitions) == len(checker(pytestconfig).definitions)
    assert seen.problems == []
    assert seen.unformatted == [], "run: npx gherkin-utils format features/*.feature"


@pytest.mark.parametrize("page", ["README.md", "features/README.md"])
def test_the_examples_of_the_guides_are_right(
    page: str, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    text = pytestconfig.rootpath.joinpath(page).read_text(encoding="utf-8")
    examples = re.findall(r"```gherkin\n(.*?)```", text, re.DOTALL)
    assert examples
    for number, example in enumerate(examples):
        path = tmp_path / f"example_{number}.feature"
        path.write_text(_complete(re.sub(r"  +# .*", "", example)), encoding="utf-8")
        checked = checker(pytestconfig).check(path)
        assert not checked.problems, checked.told()


@pytest.mark.parametrize(
    ("slip", "told", "meant"),
    [
        ("\u201cten\u201d", "\u201c is a curly quotation mark", '"ten"'),
        ("\u20135", "\u2013 is a long dash", "-5"),
    ],
)
def test_what_a_word_processor_makes_of_a_value_is_named(
    slip: str, told: str, meant: str, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    sentence = "When the trader places an order whose quantity is"
    path = tmp_path / "example.feature"
    steps = f"{sentence} {slip}\nThen the order is accepted\n"
    path.write_text(_complete(steps), encoding="utf-8")
    (problem,) = checker(pytestconfig).check(path).problems
    assert problem.what.startswith(told)
    assert problem.do == f"write `{sentence} {meant}`"


def _complete(example: str) -> str:
    heading = "" if "Scenario" in example else "  Scenario: An example\n"
    return example if "Feature:" in example else f"Feature: A guide\n{heading}{example}"
