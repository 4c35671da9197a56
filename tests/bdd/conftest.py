from collections.abc import Callable
from pathlib import Path

import pytest

import bdd
from bdd.language.checks import CheckedFile, check
from bdd.language.definitions import StepDefinition, definitions_in
from bdd.language.document import read
from tests.bdd import basket_steps

TAGS = ["smoke", "slow", "alone"]

INI = f"""\
[pytest]
pythonpath = "{Path(bdd.__file__).parents[1].as_posix()}"
addopts = --strict-config --strict-markers -p no:hypothesispytest
filterwarnings = error
bdd_tags =
    smoke: the few that always run
    slow: takes its time
"""

CheckText = Callable[[str], CheckedFile]


@pytest.fixture(scope="session")
def definitions() -> list[StepDefinition]:
    return definitions_in(basket_steps, Path(__file__).parent)


@pytest.fixture
def check_text(tmp_path: Path, definitions: list[StepDefinition]) -> CheckText:
    """Checks a text as the file basket.feature."""

    def check_text(text: str) -> CheckedFile:
        path = tmp_path / "basket.feature"
        path.write_text(text, encoding="utf-8")
        return check(read(path), path.name, definitions, TAGS)

    return check_text


class Project:
    """A project of its own, with the basket's steps and no feature files yet."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester
        self.path = pytester.path
        self.path.joinpath("pytest.ini").write_text(INI, encoding="utf-8")
        self.path.joinpath("features").mkdir()
        self.write("conftest.py", 'pytest_plugins = ["bdd.plugin", "steps"]\n')
        self.write("steps.py", Path(basket_steps.__file__).read_text(encoding="utf-8"))

    def write(self, file: str, text: str) -> Path:
        path = self.path / file
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: str) -> pytest.RunResult:
        return self._pytester.runpytest_inprocess(*arguments)

    def run_apart(self, *arguments: str) -> pytest.RunResult:
        """Runs in a process of its own, which a step may kill."""
        return self._pytester.runpytest_subprocess(*arguments)

    def items(self, *arguments: str) -> list[pytest.Item]:
        """What would run; pytest counts the lines of these from 0."""
        return self._pytester.inline_genitems(*arguments)[0]

    def configured(self, *arguments: str) -> pytest.Config:
        """The configuration of a run that never begins."""
        return self._pytester.parseconfig(*arguments)

    def collected(self, *arguments: str) -> list[str]:
        """The node ids that would run."""
        result = self.run("--collect-only", "-q", *arguments)
        return [line for line in result.outlines if "::" in line]


@pytest.fixture
def project(pytester: pytest.Pytester) -> Project:
    return Project(pytester)
