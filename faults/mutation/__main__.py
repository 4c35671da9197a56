"""Tries the features on a server that a tool changes: `python -m faults.mutation --help`."""

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

from faults.trial import ROOT

try:
    from faults.mutation.excuses import NoSuchMutant, require_all_used
    from faults.mutation.kept import Kept, features_now
    from faults.mutation.mutants import Mutant, all_mutants, left_out, sample
    from faults.mutation.plan import plan, quick_plan
    from faults.mutation.report import Summary, as_markdown, in_one_line
    from faults.mutation.trials import NOT_NOTICED, Outcome, Plan, Result, try_mutant
except ModuleNotFoundError as lack:
    sys.exit(
        f"Mutants are made by tools that only the checks need, and {lack.name} is not here: "
        "install requirements-dev.txt, as `python run.py test` does."
    )

PAGE = ROOT / "docs" / "mutation.md"
KEPT = ROOT / "reports" / "mutation.jsonl"
ENOUGH = 95.0
"""Percent of the mutants that somebody outside could tell, to be noticed."""


def main() -> int:
    """Does what the command line says and returns the exit code."""
    # To compile everything anew for each of hundreds of processes would take most of the time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options = _parser().parse_args()
    mutants = all_mutants(ROOT)
    try:
        require_all_used(mutants)
    except NoSuchMutant as mistake:
        print(mistake, file=sys.stderr)
        return 2
    if options.only:
        return show([each for each in mutants if each.number in options.only], options.jobs)
    kept = Kept(KEPT, features_now())
    if not options.resume:
        kept.forget()
    trials = Trials(kept, options.jobs, time.monotonic() + 60 * options.minutes)
    drawn = sample(mutants, options.sample, options.seed)
    results = trials.of(drawn)
    if left := len(drawn) - len(results):
        print(f"{left} of {len(drawn)} mutants are left to be tried: go on with --resume")
        return 1
    tried = [results[each.number] for each in drawn]
    return publish(Summary(tried, len(mutants), options.seed, left_out(ROOT)))


def show(mutants: Sequence[Mutant], jobs: int) -> int:
    """Tries these mutants, tells what the features said, and leaves the page as it is."""
    results = try_all(mutants, jobs)
    return int(any(each.outcome is Outcome.SURVIVED for each in results))


def publish(summary: Summary) -> int:
    """Writes the page."""
    PAGE.write_text(as_markdown(summary), encoding="utf-8", newline="\n")
    print(f"{in_one_line(summary)}\n{PAGE}")
    return int(summary.share < ENOUGH)


class Trials:
    """Trials of a sample, which go on from what earlier ones kept, and begin none after `until`.

    What the likely scenarios do not notice is put to all of them, alone.
    """

    def __init__(self, kept: Kept, jobs: int, until: float) -> None:
        self._kept = kept
        self._jobs = jobs
        self._until = until

    def of(self, drawn: Sequence[Mutant]) -> dict[int, Result]:
        """The results that are final, by the numbers of their mutants; some may be left."""
        earlier = list(self._kept.results(drawn))
        quick = _by_number([result for result, _ in earlier])
        final = _by_number([result for result, is_final in earlier if is_final])
        left = [each for each in drawn if each.number not in quick]
        quick |= _by_number(self._try(left, self._jobs, quick_plan, by_all=False))
        final |= {number: each for number, each in quick.items() if each.outcome not in NOT_NOTICED}
        missed = [each.mutant for each in quick.values() if each.mutant.number not in final]
        return final | _by_number(self._try(missed, 1, plan, by_all=True))

    def _try(
        self, mutants: Sequence[Mutant], jobs: int, planned: Plan, *, by_all: bool
    ) -> list[Result]:
        return try_all(mutants, jobs, planned, partial(self._kept.add, by_all=by_all), self._until)


def try_all(
    mutants: Sequence[Mutant],
    jobs: int,
    planned: Plan = plan,
    keep: Callable[[Result], None] = lambda _: None,
    until: float = math.inf,
) -> list[Result]:
    """Tries mutants, so many at a time; tells and keeps each as it ends.

    Begins none after `until`, a moment of `time.monotonic`.
    """
    results: list[Result] = []

    def trial(mutant: Mutant) -> Result | None:
        return try_mutant(mutant, planned) if time.monotonic() < until else None

    with ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(trial, each) for each in mutants]):
            if result := done.result():
                results.append(result)
                keep(result)
                print(_told(result, len(results), len(mutants)), flush=True)
    return results


def _by_number(results: Sequence[Result]) -> dict[int, Result]:
    return {each.mutant.number: each for each in results}


def _told(result: Result, done: int, total: int) -> str:
    return (
        f"{done:4}/{total}  number {result.mutant.number}: {result.outcome} "
        f"({result.seconds:.0f} s)\n{result.mutant.change}\n"
        f"{result.scenario}{': ' * bool(result.scenario)}{result.message}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m faults.mutation", description=__doc__)
    parser.add_argument("--sample", default=260, type=int, help="mutants: %(default)s")
    parser.add_argument("--seed", default=1, type=int, help="which ones: %(default)s")
    parser.add_argument("--jobs", default=2, type=int, help="servers at a time: %(default)s")
    parser.add_argument(
        "--resume", action="store_true", help="try only what earlier runs did not settle"
    )
    parser.add_argument(
        "--minutes", default=math.inf, type=float, help="begin no trial after that; then --resume"
    )
    parser.add_argument("--only", metavar="NUMBER", nargs="+", type=int, help="try these alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
