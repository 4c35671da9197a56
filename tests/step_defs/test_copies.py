"""When servers begin to be prepared while the run is still importing."""

from argparse import Namespace
from pathlib import Path

import pytest

from step_defs.servers.copies import seem_needed

ROOT = Path(__file__).resolve().parents[2]
USUAL = {"base_url": None, "server_command": None, "dialect": None, "collectonly": False}


def seem(file: str, *options: str, **given: object) -> bool:
    known = Namespace(**{**USUAL, **given}, file_or_dir=[str(ROOT / file)])
    return seem_needed([file, *options], known)


@pytest.mark.parametrize(
    "file",
    ["features", "features/performance.feature", "features/performance.feature:9"],
)
def test_features_will_want_a_server(file: str) -> None:
    assert seem(file)


@pytest.mark.parametrize("file", ["tests/bdd", "run.py", "no-such-folder"])
def test_other_tests_will_not(file: str) -> None:
    assert not seem(file)


@pytest.mark.parametrize(
    "given",
    [{"base_url": "http://x"}, {"server_command": "x"}, {"dialect": "x"}, {"collectonly": True}],
    ids=lambda given: next(iter(given)),
)
def test_nor_will_a_run_that_has_one_or_runs_nothing(given: dict[str, object]) -> None:
    assert not seem("features", **given)


def test_nor_will_a_look_at_the_features() -> None:
    assert not seem("features", "--dry-run")
