"""Tries the features on a server that a tool changes: `python -m faults.mutation --help`."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from faults.trial import ROOT

try:
    from faults.mutation.mutants import Mutant, all_mutants, sample
    from faults.mutation.report import Summary, as_markdown, in_one_line
    from faults.mutation.trials import Outcome, Result, try_mutant
except ModuleNotFoundError as lack:
    sys.exit(
        f"Mutants are made by tools that only the checks need, and {lack.name} is not here: "
        "install requirements-dev.txt, as `python run.py test` does."
    )

PAGE = ROOT / "docs" / "mutation.md"
ENOUGH = 95.0
"""Percent of the mutants that somebody outside could tell, to be noticed."""


def main() -> int:
    """Does what the command line says and returns the exit code."""
    # To compile everything anew for each of hundreds of processes would take most of the time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options = _parser().parse_args()
    mutants = all_mutants(ROOT)
    if options.only:
        return show([each for each in mutants if each.number in options.only], options.jobs)
    return prove(mutants, options.sample, options.seed, options.jobs)


def show(mutants: Sequence[Mutant], jobs: int) -> int:
    """Tries these mutants, tells what the features said, and leaves the page as it is."""
    results = try_all(mutants, jobs)
    return int(any(each.outcome is Outcome.SURVIVED for each in results))


def prove(mutants: Sequence[Mutant], count: int, seed: int, jobs: int) -> int:
    """Tries a sample of the mutants and writes the page."""
    begun = time.monotonic()
    results = try_all(sample(mutants, count, seed), jobs)
    summary = Summary(results, len(mutants), seed, time.monotonic() - begun)
    PAGE.write_text(as_markdown(summary), encoding="utf-8", newline="\n")
    print(f"{in_one_line(summary)}\n{PAGE}")
    return int(summary.share < ENOUGH)


def try_all(mutants: Sequence[Mutant], jobs: int) -> list[Result]:
    """Tries mutants, so many at a time, and tells each as it ends; results in their sequence."""
    results: dict[int, Result] = {}
    with ThreadPoolExecutor(jobs) as pool:
        for done in as_completed(pool.submit(try_mutant, each) for each in mutants):
            result = done.result()
            results[result.mutant.number] = result
            print(_told(result, len(results), len(mutants)), flush=True)
    return [results[each.number] for each in mutants]


def _told(result: Result, done: int, total: int) -> str:
    return (
        f"{done:4}/{total}  number {result.mutant.number}: {result.outcome} "
        f"({result.seconds:.0f} s)\n{result.mutant.change}\n"
        f"{result.scenario}{': ' * bool(result.scenario)}{result.message}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m faults.mutation", description=__doc__)
    parser.add_argument("--sample", default=100, type=int, help="mutants: %(default)s")
    parser.add_argument("--seed", default=1, type=int, help="which ones: %(default)s")
    parser.add_argument("--jobs", default=4, type=int, help="servers at a time: %(default)s")
    parser.add_argument("--only", metavar="NUMBER", nargs="+", type=int, help="try these alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
