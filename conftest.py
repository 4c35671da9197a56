"""Wires the run: what makes features tests, what they mean, and the steps they are written in."""

from pathlib import Path

STEPS = sorted(path.stem for path in (Path(__file__).parent / "step_defs").glob("[!_]*.py"))

pytest_plugins = ["bdd.plugin", *(f"step_defs.{name}" for name in STEPS)]
