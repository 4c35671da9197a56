"""Tries the features on servers that break the contract: `python -m faults --help`."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp

from app.serving import PING_SECONDS, serve
from app.settings import load_settings
from app.wiring import create_app
from cluster.programs import REDIS, lacking
from faults.catalogue import CATALOGUE
from faults.fault import EVERYTHING, ON_THE_PAGE, REPLICAS, Fault, ScenarioSet
from faults.proof import Attempt, Finding, Proof, prove
from faults.report import as_html, as_json, as_markdown, in_full, in_short
from faults.stability import CONDITIONS, repeat_runs
from faults.translating import Translation, Translator, Unsuitable, read_dialect
from faults.trial import CORRECT, ROOT, try_out

MARKDOWN = ROOT / "docs" / "faults.md"
HTML = ROOT / "reports" / "faults.html"
JSON = ROOT / "docs" / "faults.json"
PROMISES = ROOT / "docs" / "promises.md"
_NOT_IN_DIALECTS = "the page speaks the built-in one, and no dialect tells how a store is shared."
JOBS = 4 * (os.cpu_count() or 1)


def main() -> int:
    """Does what the command line says and returns the exit code."""
    # To compile everything anew for each of hundreds of processes would take most of the time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options = _parser().parse_args()
    try:
        translation = Translation(read_dialect(options.dialect)) if options.dialect else None
    except Unsuitable as why:
        sys.exit(str(why))
    if options.serve:
        serve_one(options, translation)
        return 0
    if options.no_false_alarm:
        return run_correct(options.no_false_alarm, options.condition or tuple(CONDITIONS))
    attempt = partial(try_out, dialect=options.dialect)
    if options.name:
        fault = CATALOGUE[options.name]
        return repeat(fault, options.runs, attempt) if options.runs else show(fault, attempt)
    return prove_all(options, attempt)


def serve_one(options: argparse.Namespace, translation: Translation | None) -> None:
    """Serves one until it is stopped, perhaps in another dialect."""
    fault = CATALOGUE.get(options.serve)
    app: ASGIApp = fault.app() if fault else create_app(load_settings())
    if translation:
        app = Translator(app, translation)
    serve(app, options.host, options.port, fault.ping_seconds if fault else PING_SECONDS)


def show(fault: Fault, attempt: Attempt) -> int:
    """Tries one faulty server and shows all that the features said of it."""
    finding = Finding(fault, attempt(fault.name, fault.selection))
    print(in_full(finding))
    return 0 if finding.is_caught else 1


def repeat(fault: Fault, runs: int, attempt: Attempt) -> int:
    """Tries one faulty server so often, one run after the other; all must notice it."""
    noticed = 0
    for number in range(1, runs + 1):
        finding = Finding(fault, attempt(fault.name, fault.selection))
        noticed += finding.is_caught
        print(f"{number:4}/{runs}  {finding.verdict}, by {finding.noticed_by}", flush=True)
    print(f"{fault.name}: noticed in {noticed} of {runs} runs")
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


def prove_all(options: argparse.Namespace, attempt: Attempt) -> int:
    """Tries all faulty servers and the correct one, and writes the tables."""
    begun = time.monotonic()
    faults, selections = chosen(options.dialect)
    progress = Progress(len(faults))
    findings, correct = prove(faults, options.jobs, progress, attempt, selections)
    proof = Proof(findings, correct, time.monotonic() - begun)
    tables = _tables(proof, options.dialect)
    for path, text in tables.items():
        _write(path, text)
    if options.dialect is None:
        renew_promises()
    for alarm in proof.false_alarms:
        print(f"False alarm on the correct server: {alarm}")
    print(proof.summary, *tables, sep="\n")
    return 0 if proof.holds else 1


def chosen(dialect: Path | None) -> tuple[Sequence[Fault], Sequence[ScenarioSet]]:
    """What can be tried here, and what the correct server is then put to; tells what cannot."""
    lack = _NOT_IN_DIALECTS if dialect else lacking([REDIS])
    selections = [*EVERYTHING] if lack else [*EVERYTHING, REPLICAS]
    if dialect:
        selections.remove(ON_THE_PAGE)
    faults = [
        each
        for each in CATALOGUE.values()
        if not (lack and each.shares_store)
        and not (dialect and each.selection.channel == ON_THE_PAGE.channel)
    ]
    if lack:
        print(f"{len(CATALOGUE) - len(faults)} servers are left out: {lack}")
    return faults, selections


def _tables(proof: Proof, dialect: Path | None) -> dict[Path, str]:
    """What was found, by the files that it is written to."""
    if dialect:
        return {ROOT / "reports" / f"faults-{dialect.stem}.html": as_html(proof)}
    return {MARKDOWN: as_markdown(proof), HTML: as_html(proof), JSON: as_json(proof)}


def renew_promises() -> None:
    """Writes the page that has the faults beside the promises."""
    arguments = ["-m", "pytest", "features", "--promises-markdown", str(PROMISES)]
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True)  # noqa: S603 - our own
    print(PROMISES)


class Progress:
    """Tells findings on the console as they come, numbered up to `total`."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def __call__(self, finding: Finding) -> None:
        """Tells the finding; one of a further try is of a server that was counted before."""
        is_first = finding.tries == 1
        self._done += is_first
        number = f"{self._done:4}/{self._total}" if is_first else f"{'again':>8}"
        print(f"{number}  {in_short(finding)}", flush=True)


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
        "--serve",
        metavar="NAME",
        choices=[*known, CORRECT],
        help=f"serve this one for a person to try; {CORRECT} is the correct one",
    )
    parser.add_argument(
        "--dialect",
        metavar="FILE",
        type=lambda file: Path(file).resolve(),
        help="put the servers behind this dialect, and let the features speak it: what is noticed "
        "in the built-in dialect must be noticed in every other",
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
