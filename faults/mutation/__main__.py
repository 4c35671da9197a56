"""Tries the features on a server that a tool changes: `python -m faults.mutation --help`."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from faults.trial import ROOT

try:
    from faults.mutation.excuses import NoSuchMutant, require_all_used
    from faults.mutation.kept import Kept
    from faults.mutation.mutants import Mutant, all_mutants, sample
    from faults.mutation.plan import plan, quick_plan
    from faults.mutation.report import Summary, as_markdown, in_one_line
    from faults.mutation.trials import NOT_NOTICED, Outcome, Plan, Result, try_mutant
except ModuleNotFoundError as lack:
    sys.exit(
        f"Mutants are made by tools that only the checks need, and {lack.name} is not here: "
        "install requirements-dev.txt, as `python run.py test` does."
    )

PAGE = ROOT / "docs" / "mutation.md"
KEPT = Kept(ROOT / "reports" / "mutation.jsonl")
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
    if not options.resume:
        KEPT.forget()
    return prove(mutants, options.sample, options.seed, options.jobs)


def show(mutants: Sequence[Mutant], jobs: int) -> int:
    """Tries these mutants, tells what the features said, and leaves the page as it is."""
    results = try_all(mutants, jobs)
    return int(any(each.outcome is Outcome.SURVIVED for each in results))


def prove(mutants: Sequence[Mutant], count: int, seed: int, jobs: int) -> int:
    """Tries a sample of the mutants and writes the page.

    What the likely scenarios do not notice is put to all of them, alone.
    """
    drawn = sample(mutants, count, seed)
    results = {each.mutant.number: each for each in KEPT.settled(drawn)}
    left = [each for each in drawn if each.number not in results]
    results |= _by_number(try_all(left, jobs, quick_plan, KEPT.add))
    missed = [each.mutant for each in results.values() if each.outcome in NOT_NOTICED]
    results |= _by_number(try_all(missed, 1, plan, KEPT.add))
    summary = Summary([results[each.number] for each in drawn], len(mutants), seed)
    PAGE.write_text(as_markdown(summary), encoding="utf-8", newline="\n")
    print(f"{in_one_line(summary)}\n{PAGE}")
    return int(summary.share < ENOUGH)


def try_all(
    mutants: Sequence[Mutant],
    jobs: int,
    planned: Plan = plan,
    keep: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Tries mutants, so many at a time; tells and keeps each as it ends."""
    results: list[Result] = []
    with ThreadPoolExecutor(jobs) as pool:
        for done in as_completed(pool.submit(try_mutant, each, planned) for each in mutants):
            results.append(result := done.result())
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
    parser.add_argument("--only", metavar="NUMBER", nargs="+", type=int, help="try these alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
