"""Runs pytest again and again without starting it from nothing: most of a short run's cost."""

import multiprocessing
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from faults.mutation.copied import run_pytest
from faults.trial import TRIAL_SECONDS, PytestRun, in_a_process_of_its_own

_PRELOADED = ["faults.mutation.collected"]
_SECONDS_TO_STOP = 10.0


def quickest_run() -> PytestRun:
    """How pytest runs quickest here: as a copy of a process that has collected, if it can be."""
    can_copy = "forkserver" in multiprocessing.get_all_start_methods()
    return _as_a_copy if can_copy else in_a_process_of_its_own


def _as_a_copy(arguments: Sequence[str]) -> str:
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    with TemporaryDirectory() as folder:
        output = Path(folder, "output.txt")
        process = context.Process(target=run_pytest, args=(list(arguments), output))
        process.start()
        process.join(TRIAL_SECONDS)
        if process.is_alive():
            _stop(process)
            raise TimeoutError(f"pytest did not end within {TRIAL_SECONDS} s")
        return output.read_text(encoding="utf-8") if output.exists() else ""


def _stop(process: Any) -> None:
    """Lets pytest put away what it has started, as Ctrl-C does; then insists."""
    os.kill(process.pid, signal.SIGINT)
    process.join(_SECONDS_TO_STOP)
    process.kill()
    process.join()
