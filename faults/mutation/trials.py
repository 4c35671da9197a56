"""Runs the features against one mutant, until the first scenario notices it."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from driver.server_process import ServerDidNotStart
from faults.fault import EVERYTHING, ScenarioSet
from faults.mutation.excuses import excuse_of
from faults.mutation.mutants import Mutant
from faults.trial import ROOT, Trial, examine, running

_ONE_BY_ONE = ("-n", "0", "-x")
_TRIES = 3
_CERTAIN = "(Contract violation)"
_SCRIPT = """\
import runpy

runpy.run_module("app", run_name="__main__")
"""
FIRST = {
    "app/domain/rules": ("order_validation", "malformed_requests"),
    "app/edges/events": ("event_replay", "misbehaving_subscribers", "order_events"),
    "app/edges/json_body": ("malformed_requests",),
    "app/edges/problems": ("rejections", "malformed_requests"),
    "app/edges/queries": ("listing_orders",),
    "app/edges/rejections": ("rejections", "malformed_requests"),
    "app/edges/validation": ("order_validation", "listing_orders"),
    "app/exchange/index": ("listing_orders",),
    "app/feed": ("event_replay", "order_events"),
}
"""The features that are likely to notice a module's mutants, to be asked first."""


class Outcome(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    EXCUSED = "cannot be told"
    NO_START = "does not start"
    NO_END = "features do not end"


@dataclass(frozen=True, slots=True)
class Result:
    """A mutant, and the scenario that noticed it with what it said, if one did."""

    mutant: Mutant
    outcome: Outcome
    scenario: str = ""
    message: str = ""
    seconds: float = 0.0


def try_mutant(mutant: Mutant) -> Result:
    """Puts the mutant to every scenario, one after the other, until one fails.

    One with an excuse is not tried.
    """
    if reason := excuse_of(mutant):
        return Result(mutant, Outcome.EXCUSED, message=reason)
    begun = time.monotonic()
    with _server(mutant) as script:
        for selection in _selections(mutant):
            result = _try(mutant, script, selection)
            if result.outcome is not Outcome.SURVIVED:
                break
    return replace(result, seconds=time.monotonic() - begun)


def _try(mutant: Mutant, script: Path, selection: ScenarioSet) -> Result:
    try:
        with running(script, selection.delays) as base_url:
            trial = _confirmed(script, base_url, selection)
    except (ServerDidNotStart, OSError) as trouble:
        return Result(mutant, Outcome.NO_START, message=str(trouble))
    if trial.trouble:
        return Result(mutant, Outcome.NO_END, message=trial.trouble)
    if not trial.failures:
        return Result(mutant, Outcome.SURVIVED)
    failure = trial.failures[0]
    return Result(mutant, Outcome.NOTICED, failure.scenario, failure.message)


def _confirmed(script: Path, base_url: str, selection: ScenarioSet) -> Trial:
    """What the features found, up to the first failure, which has to show once more.

    A busy machine may make a scenario fail that has nothing to do with the mutant; but it makes
    no answer break the contract.
    """
    for _ in range(_TRIES):
        trial = examine(script, base_url, selection, _ONE_BY_ONE)
        if not trial.failures:
            return trial
        failure = trial.failures[0]
        if failure.message.endswith(_CERTAIN):
            return trial
        alone = replace(selection, features=(failure.scenario.partition(":")[0],))
        again = examine(script, base_url, alone, _ONE_BY_ONE)
        if failure.scenario in {each.scenario for each in again.failures}:
            return trial
    return replace(trial, failures=())


def _selections(mutant: Mutant) -> Sequence[ScenarioSet]:
    """All scenarios, those first that are likely to notice the mutant."""
    first = next((FIRST[each] for each in FIRST if mutant.path.startswith(each)), ())

    def sorted_features(selection: ScenarioSet) -> ScenarioSet:
        features = sorted(selection.features, key=lambda name: name not in first)
        return replace(selection, features=tuple(features))

    by_cost = sorted(EVERYTHING, key=lambda each: (each.delays[1], each.marks == "slow"))
    return [sorted_features(each) for each in by_cost]


@contextmanager
def _server(mutant: Mutant) -> Iterator[Path]:
    """A folder with the mutated server and a script that runs it; gives the script."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "app", Path(folder, "app"))
        Path(folder, mutant.path).write_text(mutant.source, encoding="utf-8")
        script = Path(folder, "serve.py")
        script.write_text(_SCRIPT, encoding="utf-8")
        yield script
