"""Wires the run: what makes features tests, what they mean, and the steps they are written in."""

import gc
from pathlib import Path

import pytest

# What is imported stays: to look for garbage among it would take a tenth of a second.
gc.disable()

STEPS = sorted(path.stem for path in (Path(__file__).parent / "step_defs").glob("[!_]*.py"))

# Steps import each other's world, so that some modules are there before pytest's turn comes.
pytest.register_assert_rewrite("bdd", "step_defs")
# The options come first: they let servers be prepared beside what else is imported.
pytest_plugins = ["step_defs.options", "bdd.plugin", *(f"step_defs.{name}" for name in STEPS)]


def pytest_configure() -> None:
    """Everything is imported."""
    gc.freeze()
    gc.enable()
