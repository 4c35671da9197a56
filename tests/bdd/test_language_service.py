"""The Cucumber extension understands what is written here."""

from pathlib import Path

import pytest

from bdd.language.language_service import missing, opinion
from tests.bdd.conftest import Project
from tests.bdd.samples import GOOD, OUTLINE, TABLE

pytest_plugins = ["pytester"]

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

PUTTING = """

@when("{name:Name} put/puts {amount:Count} {vegetable:Vegetable} back")
def put_back(name, amount, vegetable):
    pass
"""

SETTINGS = '{"cucumber.features": ["features/*.feature"]}'


@pytest.fixture
def settings(project: Project) -> Path:
    path = project.write("settings.json", SETTINGS)
    project.run(f"--vscode-settings={path}")
    return path


def test_the_editor_recognises_every_definition_and_step(project: Project, settings: Path) -> None:
    for name, text in (("good", GOOD), ("outline", OUTLINE), ("table", TABLE)):
        project.write(f"features/{name}.feature", text)
    seen = opinion(project.path, settings)
    assert "{name:Name} eats {count:Count} {vegetable:Vegetable}" in seen.definitions
    assert len(seen.definitions) == 9
    assert seen.problems == []


def test_the_editor_understands_alternatives(project: Project) -> None:
    project.write("steps.py", (project.path / "steps.py").read_text("utf-8") + PUTTING)
    project.write("settings.json", SETTINGS)
    project.run("--vscode-settings=settings.json")
    steps = ("Ann puts 1 leeks back", "Ann put all cucumbers back", "Ann put/puts 1 leeks back")
    lines = "".join(f"    When {step}\n" for step in steps)
    project.write("features/back.feature", f"Feature: F\n  Scenario: S\n{lines}")
    seen = opinion(project.path, project.path / "settings.json")
    assert "{name:Name} put/puts {amount:Count} {vegetable:Vegetable} back" in seen.definitions
    assert seen.problems == ["features/back.feature:5: Undefined step: Ann put/puts 1 leeks back"]


def test_the_editor_underlines_undefined_steps_and_lays_out_tables(
    project: Project, settings: Path
) -> None:
    text = GOOD.replace("Ann eats", "Ann devours")
    project.write("features/bad.feature", text)
    seen = opinion(project.path, settings)
    assert seen.problems == ["features/bad.feature:4: Undefined step: Ann devours 1 cucumbers"]
    assert seen.unformatted == ["features/bad.feature"]
