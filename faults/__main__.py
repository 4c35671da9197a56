"""Tries the features on servers that break the contract: `python -m faults --help`."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from app.serving import serve
from faults.catalogue import CATALOGUE
from faults.proof import Finding, Proof, prove
from faults.report import as_html, as_json, as_markdown, in_full, in_short
from faults.stability import CONDITIONS, repeat_runs
from faults.trial import ROOT, try_out

MARKDOWN = ROOT / "docs" / "faults.md"
HTML = ROOT / "reports" / "faults.html"
JSON = ROOT / "docs" / "faults.json"
PROMISES = ROOT / "docs" / "promises.md"
JOBS = 4 * (os.cpu_count() or 1)


def main() -> int:
    """Does what the command line says and returns the exit code."""
    # To compile everything anew for each of hundreds of processes would take most of the time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options = _parser().parse_args()
    if options.serve:
        fault = CATALOGUE[options.serve]
        serve(fault.app(), options.host, options.port, fault.ping_seconds)
        return 0
    if options.no_false_alarm:
        return run_correct(options.no_false_alarm, options.condition or tuple(CONDITIONS))
    if options.name:
        return show(options.name) if options.runs is None else repeat(options.name, options.runs)
    return prove_all(options.jobs)


def show(name: str) -> int:
    """Tries one faulty server and shows all that the features said of it."""
    fault = CATALOGUE[name]
    finding = Finding(fault, try_out(name, fault.selection))
    print(in_full(finding))
    return 0 if finding.is_caught else 1


def repeat(name: str, runs: int) -> int:
    """Tries one faulty server so often, one run after the other; all must notice it."""
    fault = CATALOGUE[name]
    noticed = 0
    for number in range(1, runs + 1):
        finding = Finding(fault, try_out(name, fault.selection))
        noticed += finding.is_caught
        print(f"{number:4}/{runs}  {finding.verdict}, by {finding.noticed_by}", flush=True)
    print(f"{name}: noticed in {noticed} of {runs} runs")
    return 0 if noticed == runs else 1


def run_correct(runs: int, names: Sequence[str]) -> int:
    """Runs the features on the correct server, in each of these conditions in turn."""
    failed = 0
    for number, run in enumerate(repeat_runs(runs, names), start=1):
        failed += bool(run.alarms)
        print(f"{number:4}/{runs}  {run.summary}", flush=True)
        for alarm in run.alarms:
            print(f"           {alarm}", flush=True)
    print(f"{failed} of {runs} runs gave a false alarm")
    return min(failed, 1)


def prove_all(jobs: int) -> int:
    """Tries all faulty servers and the correct one, and writes the tables."""
    begun = time.monotonic()
    findings, correct = prove(CATALOGUE.values(), jobs, _Progress(len(CATALOGUE)))
    proof = Proof(findings, correct, time.monotonic() - begun)
    tables = {MARKDOWN: as_markdown(proof), HTML: as_html(proof), JSON: as_json(proof)}
    for path, text in tables.items():
        _write(path, text)
    renew_promises()
    for alarm in proof.false_alarms:
        print(f"False alarm on the correct server: {alarm}")
    print(proof.summary, *tables, PROMISES, sep="\n")
    return 0 if proof.holds else 1


def renew_promises() -> None:
    """Writes the page that has the faults beside the promises."""
    arguments = ["-m", "pytest", "features", "--promises-markdown", str(PROMISES)]
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True)  # noqa: S603 - our own


class _Progress:
    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def __call__(self, finding: Finding) -> None:
        self._done += 1
        print(f"{self._done:4}/{self._total}  {in_short(finding)}", flush=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    known = list(CATALOGUE)
    parser.add_argument(
        "name", nargs="?", metavar="NAME", choices=known, help="try this one and show it in full"
    )
    parser.add_argument(
        "--runs",
        metavar="RUNS",
        type=int,
        help="try NAME so often, and say how often it is noticed",
    )
    parser.add_argument(
        "--serve", metavar="NAME", choices=known, help="serve this one for a person to try"
    )
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s, loopback only")
    parser.add_argument("--port", default=8000, type=int, help="default: %(default)s")
    parser.add_argument("--jobs", default=JOBS, type=int, help="servers at a time: %(default)s")
    parser.add_argument(
        "--no-false-alarm", metavar="RUNS", type=int, help="run the features on the correct server"
    )
    parser.add_argument(
        "--condition",
        choices=list(CONDITIONS),
        nargs="+",
        help="with --no-false-alarm: only under these; default: each in turn",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
