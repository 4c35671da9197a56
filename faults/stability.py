"""No false alarm: the features pass on the correct server, time and again, in bad conditions."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from os import cpu_count

from faults.fault import FEATURES, ScenarioSet
from faults.trial import CORRECT, Trial, examine, running

_USUAL = (0.1, 1.0)
_SIDE_BY_SIDE = ("-n", "auto")
_OTHERS = ScenarioSet(("placing_orders", "order_events"), delays=_USUAL)
"""What other clients do to the server meanwhile, three of them at a time."""
_THREE = ("-n", "3")


@dataclass(frozen=True, slots=True)
class Condition:
    """What makes life hard for the features: short or long delays, a busy machine or server."""

    name: str
    delays: tuple[float, float] = _USUAL
    busy: bool = False
    others: bool = False


CONDITIONS = (
    Condition("as usual"),
    Condition("all cores busy", busy=True),
    Condition("other clients busy on the server", others=True),
    Condition("delays 10 times shorter", (0.01, 0.1)),
    Condition("delays 2 times longer", (0.2, 2.0)),
)


def repeat_runs(runs: int) -> Iterator[tuple[Condition, list[Trial]]]:
    """Runs the features so often, in each condition in turn; gives each as it ends."""
    for condition in islice(cycle(CONDITIONS), runs):
        yield condition, run_in(condition)


def run_in(condition: Condition) -> list[Trial]:
    """Runs the features on one correct server, once for each client."""
    selection = ScenarioSet(FEATURES, marks="", delays=condition.delays)
    with (
        _load(condition.busy),
        running(CORRECT, condition.delays) as base_url,
        ThreadPoolExecutor() as pool,
    ):
        trials = [pool.submit(examine, CORRECT, base_url, selection, _SIDE_BY_SIDE)]
        if condition.others:
            trials.append(pool.submit(examine, CORRECT, base_url, _OTHERS, _THREE))
        return [trial.result() for trial in trials]


@contextmanager
def _load(busy: bool) -> Iterator[None]:
    command = [sys.executable, "-c", "while True: pass"]
    count = (cpu_count() or 1) if busy else 0
    burners = [subprocess.Popen(command) for _ in range(count)]  # noqa: S603 - our own command
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
