"""Wires the run: what makes features tests, what they mean, and the steps they are written in."""

from pathlib import Path

import pytest

STEPS = sorted(path.stem for path in (Path(__file__).parent / "step_defs").glob("[!_]*.py"))

# Steps import each other's world, so that some modules are there before pytest's turn comes.
pytest.register_assert_rewrite("bdd", "step_defs")
pytest_plugins = ["bdd.plugin", *(f"step_defs.{name}" for name in STEPS)]
