"""No false alarm: the features pass on the correct server, time and again, in bad conditions."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from os import cpu_count
from tempfile import TemporaryDirectory
from threading import Event

from faults.fault import FEATURES, ScenarioSet
from faults.trial import CORRECT, ROOT, Trial, examine, running

_USUAL = (0.1, 1.0)
_SIDE_BY_SIDE = ("-n", "auto")
_OTHERS = ScenarioSet(("placing_orders", "order_events"), delays=_USUAL)
"""What other clients do to the server meanwhile, three of them at a time."""
_THREE = ("-n", "3")


_BURST = 2000
"""Orders at the same time, as `python -m perf` places them."""
_PAUSE = 5.0
"""Seconds between two bursts: each falls into other scenarios."""
_ERROR = "ERROR: "


@dataclass(frozen=True, slots=True)
class Condition:
    """What makes life hard for the features: short or long delays, a busy machine or server."""

    says: str
    delays: tuple[float, float] = _USUAL
    busy: bool = False
    others: bool = False
    bursts: bool = False


CONDITIONS: Mapping[str, Condition] = {
    "usual": Condition("as usual"),
    "busy": Condition("all cores busy", busy=True),
    "others": Condition("other clients busy on the server", others=True),
    "short": Condition("delays 10 times shorter", (0.01, 0.1)),
    "long": Condition("delays 2 times longer", (0.2, 2.0)),
    "burst": Condition(f"beside bursts of {_BURST} orders on the server", bursts=True),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the trial of each client, and what each burst beside them complained of."""

    condition: Condition
    trials: Sequence[Trial]
    bursts: Sequence[Sequence[str]] = ()

    @property
    def alarms(self) -> Sequence[str]:
        """All that was found wrong with the correct server, in words."""
        found = [alarm for trial in self.trials for alarm in trial.alarms]
        return [*found, *(complaint for burst in self.bursts for complaint in burst)]

    @property
    def summary(self) -> str:
        """What was run, in a few words."""
        ran, seconds = sum(len(trial.ran) for trial in self.trials), self.trials[0].seconds
        beside = f", {len(self.bursts)} bursts" if self.condition.bursts else ""
        return f"{self.condition.says}: {ran} scenarios, {seconds:.0f} s{beside}"


def repeat_runs(runs: int, names: Sequence[str] = tuple(CONDITIONS)) -> Iterator[Run]:
    """Runs the features so often, in each of these conditions in turn; gives each as it ends."""
    for name in islice(cycle(names), runs):
        yield run_in(CONDITIONS[name])


def run_in(condition: Condition) -> Run:
    """Runs the features on one correct server, once for each client."""
    selection = ScenarioSet(FEATURES, marks="", delays=condition.delays)
    with (
        _load(condition.busy),
        running(CORRECT, condition.delays) as base_url,
        ThreadPoolExecutor() as pool,
        _bursts(base_url, condition.bursts) as bursts,
    ):
        trials = [pool.submit(examine, CORRECT, base_url, selection, _SIDE_BY_SIDE)]
        if condition.others:
            trials.append(pool.submit(examine, CORRECT, base_url, _OTHERS, _THREE))
        found = [trial.result() for trial in trials]
    return Run(condition, found, bursts)


@contextmanager
def _bursts(base_url: str, wanted: bool) -> Iterator[Sequence[Sequence[str]]]:
    """Places bursts on this server now and then; gives what each complained of.

    When it is left, the last burst has come to its end.
    """
    over, complaints = Event(), list[Sequence[str]]()

    def place() -> None:
        while not over.wait(_PAUSE):
            complaints.append(_burst(base_url))

    with ThreadPoolExecutor(1) as pool:
        placing = [pool.submit(place)] if wanted else []
        try:
            yield complaints
        finally:
            over.set()
    for each in placing:
        each.result()


def _burst(base_url: str) -> Sequence[str]:
    """What `python -m perf` finds wrong with so many orders at the same time."""
    with TemporaryDirectory() as output:
        orders = ["--orders", str(_BURST), "--base-url", base_url, "--output", output]
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "perf", *orders],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    return complaints_in(done.stderr) if done.returncode else ()


def complaints_in(errors: str) -> Sequence[str]:
    """What a burst that went wrong says of the server; all that it says if that is not clear."""
    told = [each for each in errors.splitlines() if each.startswith(_ERROR)]
    return [f"a burst: {each.removeprefix(_ERROR)}" for each in told] or [f"a burst: {errors}"]


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
