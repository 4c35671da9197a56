"""Disturbs three servers that share a store: `python -m faults.nemesis --seeds 30`.

Servers and engine are killed, stand still and have slow or broken lines, while clients trade with
all of them. Afterwards all answers, events and lists must fit one life of each order. What a seed
does is the same each time; when exactly it happens is not.
"""

import argparse
import sys
from collections import Counter

from cluster.programs import REDIS, lacking
from cluster.replicas import SERVER
from faults.nemesis.trial import Trial, launching, try_seed

_PLANTED_MODULE = "faults.nemesis.planted"
_SHOWN = 5


def main() -> int:
    """Tries the seeds; 0 if nothing was wrong, or with a planted defect, if it was found."""
    if lack := lacking([REDIS]):
        sys.exit(lack)
    options = _parser().parse_args()
    seeds = [options.seed] if options.seed is not None else range(1, options.seeds + 1)
    command = [sys.executable, "-m", _PLANTED_MODULE, options.planted, "--port", "0"]
    total: Counter[str] = Counter()
    wrong = 0
    with launching() as launch:
        for seed in seeds:
            trial = try_seed(seed, command if options.planted else SERVER, launch=launch)
            _show(trial)
            total += trial.counts
            wrong += len(trial.violations)
    done = ", ".join(f"{count} {what}" for what, count in total.items())
    print(f"{len(seeds)} seeds, {wrong} violations: {done}")
    return int(bool(wrong) is not bool(options.planted))


def _show(trial: Trial) -> None:
    print(trial, flush=True)
    for each in trial.violations[:_SHOWN]:
        print(f"  {each}", flush=True)
    if more := len(trial.violations[_SHOWN:]):
        print(f"  and {more} more", flush=True)


def _parser() -> argparse.ArgumentParser:
    from faults.nemesis.planted import PLANTED  # noqa: PLC0415 - it needs the package redis

    parser = argparse.ArgumentParser(prog="python -m faults.nemesis", description=__doc__)
    parser.add_argument("--seeds", type=int, default=30, help="so many (default: %(default)s)")
    parser.add_argument("--seed", type=int, help="this one alone, once more")
    parser.add_argument(
        "--planted", choices=PLANTED, help="on servers with this defect, which must be found"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
