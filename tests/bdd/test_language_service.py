"""The Cucumber extension understands what is written here."""

from pathlib import Path

import pytest

from bdd.language_service import missing, opinion
from tests.bdd.conftest import Project
from tests.bdd.samples import GOOD, OUTLINE, TABLE

pytest_plugins = ["pytester"]

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

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


def test_the_editor_underlines_undefined_steps_and_lays_out_tables(
    project: Project, settings: Path
) -> None:
    text = GOOD.replace("Ann eats", "Ann devours")
    project.write("features/bad.feature", text)
    seen = opinion(project.path, settings)
    assert seen.problems == ["features/bad.feature:4: Undefined step: Ann devours 1 cucumbers"]
    assert seen.unformatted == ["features/bad.feature"]
