"""The steps are there without pytest-xdist, which only makes a run faster."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMPORT_ALL = """
import importlib, pathlib, sys
sys.modules["xdist"] = None  # as if it were not installed (importlib, "import system")
for file in sorted(pathlib.Path("step_defs").rglob("[!_]*.py")):
    importlib.import_module(".".join(file.with_suffix("").parts))
"""


def test_every_module_of_the_steps_can_be_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
