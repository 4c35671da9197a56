"""Places a burst of orders and reports how long they took: `python -m perf --orders 100`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from driver import DriverError, api_key, chosen_contract
from driver.dialects import ENVIRONMENT_VARIABLE
from perf.chart import chart_svg
from perf.files import Report, write_csv, write_json
from perf.limits import TooFewFiles
from perf.placing import burst
from perf.records import BurstRecord, OrderRecord, named
from perf.report import table
from perf.summary import Summary, summarise
from perf.watch import Progress

_DEFAULT_ADDRESS = "http://127.0.0.1:8000"
_DEFAULT_OUTPUT = Path("reports", "performance")


@dataclass(frozen=True, slots=True)
class DelayLimits:
    """What execution delays may be at most, in seconds; None sets no limit."""

    mean: float | None
    each: float | None

    def broken(self, record: BurstRecord, summary: Summary) -> Iterator[str]:
        """Says in words which limit was not kept."""
        spread = summary.execution_delay
        if spread and self.mean is not None and spread.mean > self.mean:
            yield f"The mean execution delay of {spread.mean:.3f} s is over {self.mean:g} s"
        late = [order.reference for order in record.orders if self._late(order)]
        if late:
            yield f"The execution delay is over {self.each:g} s: {named(late)}"

    def _late(self, order: OrderRecord) -> bool:
        delay = order.execution_delay
        return delay is not None and self.each is not None and delay > self.each


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the bursts; 0 if every order of each came through and the promises were kept."""
    options = _parser().parse_args(arguments)
    limits = DelayLimits(options.max_mean, options.max_delay)
    problems: list[str] = []
    try:
        contract = chosen_contract(options.dialect).with_key(api_key())
        base_url = options.base_url or contract.run.base_url or _DEFAULT_ADDRESS
        options.output.mkdir(parents=True, exist_ok=True)
        for number in range(1, options.repeat + 1):
            print(f"Burst {number} of {options.repeat} at {base_url}")
            record = burst(
                base_url,
                contract,
                options.orders,
                patience=options.patience,
                progress=_show,
            )
            problems += _publish(record, limits, options.output / f"burst-{number}")
    except (DriverError, TooFewFiles, OSError) as error:
        problems.append(str(error))
    except KeyboardInterrupt:
        problems.append("Interrupted.")
    for problem in problems:
        print(f"ERROR: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _publish(record: BurstRecord, limits: DelayLimits, path: Path) -> tuple[str, ...]:
    """Prints and writes what was measured; returns what was wrong with it."""
    summary = summarise(record)
    write_json(Report(summary, record), path.with_suffix(".json"))
    write_csv(record, path.with_suffix(".csv"))
    path.with_suffix(".svg").write_text(chart_svg(record), encoding="utf-8")
    print(table(summary), f"Written to {path}.json, .csv and .svg", "", sep="\n")
    return (*record.problems, *limits.broken(record, summary))


def _show(progress: Progress) -> None:
    print(f"  {progress.phase} {progress.done} of {progress.total}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m perf", description=__doc__)
    add = parser.add_argument
    add("--orders", type=_count, default=100, help="placed at the same time (%(default)s)")
    add("--base-url", type=_address, help=f"of the server ({_DEFAULT_ADDRESS})")
    add("--dialect", metavar="FILE", help=f"how it spells things (${ENVIRONMENT_VARIABLE})")
    add("--repeat", type=_count, default=1, metavar="N", help="bursts in a row (%(default)s)")
    add("--output", type=Path, default=_DEFAULT_OUTPUT, help="folder for the files (%(default)s)")
    add("--patience", type=_seconds, default=10.0, help="seconds without news (%(default)s)")
    add("--max-mean", type=_seconds, metavar="S", help="promised mean execution delay")
    add("--max-delay", type=_seconds, metavar="S", help="promise for every execution delay")
    return parser


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return seconds


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise argparse.ArgumentTypeError(f"{text} is not an address such as {_DEFAULT_ADDRESS}")
    return text


if __name__ == "__main__":
    sys.exit(main())
