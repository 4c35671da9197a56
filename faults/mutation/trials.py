"""Runs the features against one mutant, until the first scenario notices it."""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from driver.server_process import ServerDidNotStart
from faults.fault import ScenarioSet
from faults.mutation.excuses import excuse_of
from faults.mutation.mutants import Mutant
from faults.mutation.plan import plan
from faults.mutation.warm import quickest_run
from faults.trial import NO_SCENARIO_RAN, ROOT, Failure, Trial, examine, running

_SOME = 3
_UNTIL_SOME_FAIL = ("-n", "4", "--maxfail", str(_SOME))
"""One may fail because the machine is busy; after three, something is wrong."""

_ALONE = ("-n", "0")
_TRIES = 3
_CERTAIN = "(Contract violation)"
_SCRIPT = """\
import runpy

runpy.run_module("app", run_name="__main__")
"""


class Outcome(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    EXCUSED = "cannot be told"
    NO_START = "does not start"
    NO_END = "features do not end"


NOT_NOTICED = (Outcome.SURVIVED, Outcome.NO_END)


@dataclass(frozen=True, slots=True)
class Result:
    """A mutant, and the scenario that noticed it with what it said, if one did."""

    mutant: Mutant
    outcome: Outcome
    scenario: str = ""
    message: str = ""
    seconds: float = 0.0


Plan = Callable[[str], Sequence[ScenarioSet]]
"""What a mutant of the module at a path is put to."""


def try_mutant(mutant: Mutant, planned: Plan = plan) -> Result:
    """Puts the mutant to the planned scenarios, one set after the other, until one fails.

    One with an excuse is not tried.
    """
    if reason := excuse_of(mutant):
        return Result(mutant, Outcome.EXCUSED, message=reason)
    begun = time.monotonic()
    with _server(mutant) as script:
        for selection in planned(mutant.path):
            result = _try(mutant, script, selection)
            if result.outcome is not Outcome.SURVIVED:
                break
    return replace(result, seconds=time.monotonic() - begun)


def _try(mutant: Mutant, script: Path, selection: ScenarioSet) -> Result:
    try:
        with running(script, selection.delays) as base_url:
            for _ in range(_TRIES):
                trial = examine(script, base_url, selection, _UNTIL_SOME_FAIL, quickest_run())
                if trial.trouble:
                    nothing_ran = trial.trouble.startswith(NO_SCENARIO_RAN)
                    outcome = Outcome.NO_START if nothing_ran else Outcome.NO_END
                    return Result(mutant, outcome, message=trial.trouble)
                if failure := _confirmed(script, base_url, selection, trial):
                    return Result(mutant, Outcome.NOTICED, failure.scenario, failure.message)
                if len(trial.failures) < _SOME:
                    break
    except (ServerDidNotStart, OSError) as trouble:
        return Result(mutant, Outcome.NO_START, message=str(trouble))
    return Result(mutant, Outcome.SURVIVED)


def _confirmed(script: Path, base_url: str, selection: ScenarioSet, trial: Trial) -> Failure | None:
    """The first failure that shows once more when its scenario runs alone.

    A busy machine may make a scenario fail that has nothing to do with the mutant; but it makes
    no answer break the contract.
    """
    alone = replace(selection, features=())
    for failure in sorted(trial.failures, key=lambda each: not each.message.endswith(_CERTAIN)):
        if failure.message.endswith(_CERTAIN):
            return failure
        again = examine(script, base_url, alone, (failure.place, *_ALONE), quickest_run())
        if again.failures:
            return failure
    return None


@contextmanager
def _server(mutant: Mutant) -> Iterator[Path]:
    """A folder with the mutated server and a script that runs it; gives the script."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "app", Path(folder, "app"))
        Path(folder, mutant.path).write_text(mutant.source, encoding="utf-8")
        script = Path(folder, "serve.py")
        script.write_text(_SCRIPT, encoding="utf-8")
        yield script
