"""What the copy of a process does. Pytest's plugins want to see the server imported by nobody."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_pytest(arguments: Sequence[str], output: Path) -> None:
    """Runs pytest and ends the process with its exit code; what it prints is in `output`."""
    os.chdir(ROOT)
    for name in [name for name in os.environ if name.startswith("TRADING_")]:
        del os.environ[name]
    with output.open("w", encoding="utf-8") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.exit(pytest.main(list(arguments)))
