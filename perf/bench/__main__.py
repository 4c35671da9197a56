"""Measures the server against named baselines: `python -m perf.bench`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from driver.server_process import ServerDidNotStart
from perf.bench.cases import (
    CASES,
    START,
    TRICKS,
    Incomplete,
    Sample,
    measure_round,
    measure_start_up,
)
from perf.bench.load import LoadFailed, NoLoadTool, require_wrk
from perf.bench.machine import machine
from perf.bench.picture import draw
from perf.bench.report import Report, text, write_json
from perf.bench.results import goals, limits, rows
from perf.bench.scale import CROWD, PENDING, measure_crowd, measure_pending
from perf.bench.servers import cores, pin

_DEFAULT_OUTPUT = Path("reports", "bench")
_NAMES = (*CASES, START, CROWD, PENDING)
_FAILURES = (NoLoadTool, LoadFailed, Incomplete, ServerDidNotStart, TimeoutError, OSError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints and writes; 1 if something could not be measured or the guard is broken."""
    options = _parser().parse_args(arguments)
    try:
        require_wrk()
        report = _measure(options)
        _publish(report, options.output)
    except _FAILURES as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("ERROR: Interrupted.", file=sys.stderr)
        return 1
    broken = list(_broken(report)) if options.guard else []
    for problem in broken:
        print(f"ERROR: {problem}", file=sys.stderr)
    return 1 if broken else 0


def _broken(report: Report) -> Iterator[str]:
    for goal in report.goals:
        if goal.broken:
            yield f"{goal.name} is {goal.ratio:.2f}, below {goal.guard:g}"
    for limit in report.limits:
        if limit.broken:
            yield f"{limit.name} is {limit.value:.2f} {limit.unit}, above {limit.guard:g}"


def _measure(options: argparse.Namespace) -> Report:
    pin(psutil.Process(), cores()[1])
    samples = list(_samples(options))
    measured = rows(samples)
    found = list(goals(measured)), list(limits(measured))
    return Report(machine(), options.rounds, options.seconds, measured, *found, samples)


def _samples(options: argparse.Namespace) -> Iterator[Sample]:
    logs = options.output / "logs"
    for number in range(1, options.rounds + 1):
        for name in options.cases or _NAMES:
            if name == PENDING and number > 1:
                continue  # a hundred thousand orders in one minute are many enough
            print(f"  round {number} of {options.rounds}: {name}", file=sys.stderr, flush=True)
            yield from _round(name, logs, options.seconds)


def _round(name: str, logs: Path, seconds: int) -> Sequence[Sample]:
    if name == START:
        return measure_start_up(logs)
    if name == CROWD:
        return [measure_crowd(logs)]
    if name == PENDING:
        return [measure_pending(logs)]
    return measure_round((CASES | TRICKS)[name], logs, seconds)


def _publish(report: Report, output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    write_json(report, output / "bench.json")
    draw(report.goals, output / "bench.svg")
    print(text(report), "", f"Written to {output / 'bench'}.json and .svg", sep="\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m perf.bench", description=__doc__)
    add = parser.add_argument
    known = f"{', '.join(_NAMES)} (all of these); {', '.join(TRICKS)}"
    add("cases", nargs="*", type=_case, metavar="CASE", help=known)
    add("--rounds", type=_count, default=5, help="of each case (%(default)s)")
    add("--seconds", type=_count, default=3, help="of load on each server (%(default)s)")
    add("--output", type=Path, default=_DEFAULT_OUTPUT, help="folder for the files (%(default)s)")
    add("--guard", action="store_true", help="fail if a ratio is far below what is wanted")
    return parser


def _case(given: str) -> str:
    known = (*_NAMES, *TRICKS)
    if given not in known:
        raise argparse.ArgumentTypeError(f"{given} is not one of {', '.join(known)}")
    return given


def _count(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) == 0:
        raise argparse.ArgumentTypeError(f"{given} is not a whole number above 0")
    return int(given)


if __name__ == "__main__":
    sys.exit(main())
