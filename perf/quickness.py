"""How long people wait for a run of features: `python -m perf.quickness`.

Each of four runs is made by copies of one process, as usual on Linux, and in turn by processes
that pytest-xdist starts anew, the baseline. On a machine with other work the ratios say more than
the seconds do. No run can be shorter than its longest scenario, which is named with it. `--only`
measures some of the four: the longest, all features once, takes a minute and a half.
"""

import argparse
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ("-o", "bdd_fork=false")
Selection = tuple[str, ...]
RUNS: dict[str, tuple[str, Selection]] = {
    "file": ("one file of 12 scenarios", ("features/cancelling_orders.feature",)),
    "smoke": ("the scenarios tagged smoke", ("features", "-m", "smoke")),
    "all": ("all features", ("features",)),
}
FIRST_FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds on the clock, seconds of processor time, and those of the longest scenario."""

    wall: float
    processor: float
    longest: float = 0.0


class _AlwaysBroken(BaseHTTPRequestHandler):
    """A server that answers nothing as it should."""

    def do_GET(self) -> None:
        self.send_error(500)

    do_POST = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Clients of a run that ends early have gone: there is nothing to tell."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints a table in Markdown, and returns 0."""
    parser = argparse.ArgumentParser(prog="python -m perf.quickness", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="measured so often (%(default)s)")
    known = (*RUNS, FIRST_FAILURE)
    parser.add_argument("--only", nargs="+", choices=known, default=known, help="some of the runs")
    options = parser.parse_args(arguments)
    print("| run | wall | processor | longest scenario | wall / longest |", end="")
    print(" baseline wall | baseline processor | wall / baseline | processor / baseline |")
    print("|---|" + "---:|" * 8)
    for figure in options.only:
        print(table_line(*_measured(figure, options.rounds)), flush=True)
    return 0


def _measured(figure: str, rounds: int) -> tuple[str, list[tuple[Measured, Measured]]]:
    """The name of a figure, and pairs of our own run and the baseline."""
    if figure != FIRST_FAILURE:
        name, selection = RUNS[figure]
        return name, [_pair(run, selection) for _ in range(rounds)]
    with always_broken() as address:
        selection = ("features", "-x", "--base-url", address)
        pairs = [_pair(after_failure, selection) for _ in range(rounds)]
    return "-x, from the first failure to the end", pairs


def _pair(
    measure: Callable[[Selection], Measured], selection: Selection
) -> tuple[Measured, Measured]:
    return measure(selection), measure((*selection, *BASELINE))


def run(selection: Sequence[str]) -> Measured:
    """A run from the first to the last moment of its process, its server's work included."""
    with TemporaryDirectory() as folder:
        junit = Path(folder, "junit.xml")
        begun, before = time.perf_counter(), _processor()
        subprocess.run(
            [*_pytest(folder), f"--junitxml={junit}", *selection],
            cwd=ROOT,
            check=False,
            stdout=subprocess.DEVNULL,
        )
        wall, processor = time.perf_counter() - begun, _processor() - before
        cases = ElementTree.parse(junit).iter("testcase")  # noqa: S314 - our own file
        return Measured(wall, processor, max(float(case.get("time", 0)) for case in cases))


def after_failure(selection: Sequence[str]) -> Measured:
    """What passes between the first failed scenario that is told and the end of the run."""
    with TemporaryDirectory() as folder:
        before = _processor()
        with subprocess.Popen(
            [*_pytest(folder), "-v", *selection],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as running:
            failed = [time.perf_counter() for line in running.stdout or () if "FAILED" in line]
        return Measured(time.perf_counter() - failed[0], _processor() - before)


@contextmanager
def always_broken() -> Iterator[str]:
    """The address of a server with which every scenario fails at once."""
    with _Server(("127.0.0.1", 0), _AlwaysBroken) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _pytest(folder: str) -> list[str]:
    """The command, which leaves the reports of the project alone."""
    return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-o", f"bdd_reports={folder}"]


def _processor() -> float:
    """Seconds of all child processes that have ended; Windows does not count them."""
    times = os.times()
    return times.children_user + times.children_system


def table_line(name: str, pairs: Sequence[tuple[Measured, Measured]]) -> str:
    """One row of the table, from pairs of our own run and the baseline."""
    ours, baseline = zip(*pairs, strict=True)
    wall, processor, longest = (
        median(getattr(each, field) for each in ours) for field in ("wall", "processor", "longest")
    )
    before = [median(each.wall for each in baseline), median(each.processor for each in baseline)]
    cells = [
        f"{wall:.1f} s",
        f"{processor:.1f} s",
        f"{longest:.1f} s" if longest else "-",
        f"{wall / longest:.2f}" if longest else "-",
        f"{before[0]:.1f} s",
        f"{before[1]:.1f} s",
        f"{wall / before[0]:.2f}",
        f"{processor / before[1]:.2f}" if before[1] else "-",
    ]
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
