"""Runs the features against one server, as processes of their own, and reads what they found."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from driver.server_process import PREFIX, ServerDidNotStart, ServerProcess
from faults.fault import ScenarioSet

ROOT = Path(__file__).resolve().parent.parent
CORRECT = "app"
TRIAL_SECONDS = 600

PytestRun = Callable[[Sequence[str]], str]
"""Runs pytest in ROOT with these arguments and gives what it printed. Raises TimeoutError if that
takes longer than TRIAL_SECONDS."""


NO_SCENARIO_RAN = "no scenario ran"
"""How the trouble begins where a server answers nothing at all."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A scenario, as `file: name`, the first line of what it said, and where it is: `path:line`."""

    scenario: str
    message: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A promise, as `feature: Rule`, how it is broken, and how many scenarios noticed."""

    promise: str
    finding: str
    noticed: int

    def __str__(self) -> str:
        return f"{self.promise} ({self.finding}; {self.noticed})"


@dataclass(frozen=True, slots=True)
class Trial:
    """What the features found: the scenarios that ran, those that failed, and the causes of it.

    `trouble` says why there is no result; `output` is what pytest printed.
    """

    ran: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    causes: tuple[Cause, ...] = ()
    seconds: float = 0.0
    trouble: str = ""
    output: str = ""

    @property
    def alarms(self) -> tuple[str, ...]:
        """All that was found wrong, in words."""
        failures = [f"{each.scenario}: {each.message}" for each in self.failures]
        charged = [f"the run: {each}" for each in self.causes if not each.noticed]
        return (*filter(None, [self.trouble]), *failures, *charged)


def command(server: str | Path, dialect: Path | None = None) -> list[str]:
    """How to start a server: a faulty one by its name, the correct one, or one by its script.

    One that has a name can be put behind a dialect.
    """
    if isinstance(server, Path):
        return [sys.executable, str(server), "--port", "0"]
    served = ["faults", "--serve", server]
    if dialect:
        served += ["--dialect", str(dialect)]
    elif server == CORRECT:
        served = [CORRECT]
    return [sys.executable, "-m", *served, "--port", "0"]


def try_out(server: str, selection: ScenarioSet, dialect: Path | None = None) -> Trial:
    """Starts the server, runs the selected scenarios one by one against it, and stops it.

    With a dialect, all of that is done in this dialect.
    """
    try:
        with running(server, selection.delays, dialect) as base_url:
            return examine(server, base_url, selection, dialect=dialect)
    except (ServerDidNotStart, OSError) as trouble:
        return Trial(trouble=str(trouble))


def in_a_process_of_its_own(arguments: Sequence[str]) -> str:
    """A `PytestRun` that starts pytest from nothing."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "pytest", *arguments],
            cwd=ROOT,
            env=inherited | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TimeoutError(str(late)) from late
    return done.stdout


def examine(
    server: str | Path,
    base_url: str,
    selection: ScenarioSet,
    options: Sequence[str] = ("-n", "0"),
    run: PytestRun = in_a_process_of_its_own,
    *,
    dialect: Path | None = None,
) -> Trial:
    """Runs the selected scenarios against a server that is there; `options` are pytest's."""
    begun = time.monotonic()
    with TemporaryDirectory() as directory:
        junit, verdict = Path(directory, "junit.xml"), Path(directory, "verdict.json")
        written = [f"--junitxml={junit}", f"--verdict={verdict}"]
        try:
            arguments = _arguments(command(server, dialect), base_url, selection)
            if dialect:
                arguments += ["--dialect", str(dialect)]
            output = run([*arguments, *options, *written])
        except TimeoutError:
            return Trial(trouble=f"the features did not end within {TRIAL_SECONDS} s")
        ran, failures = read_results(junit)
        causes = read_causes(verdict)
    seconds = time.monotonic() - begun
    if not ran:
        return Trial(seconds=seconds, trouble=f"{NO_SCENARIO_RAN}:\n{output}")
    return Trial(ran, failures, causes, seconds, output=output)


@contextmanager
def running(
    server: str | Path, delays: tuple[float, float], dialect: Path | None = None
) -> Iterator[str]:
    """A server with these promised delays; gives its address."""
    shortest, longest = map(str, delays)
    settings = {"DELAY_MIN": shortest, "DELAY_MAX": longest}
    with (
        TemporaryDirectory() as folder,
        ServerProcess(command(server, dialect), settings, Path(folder, "server.log")) as process,
    ):
        yield process.await_address()


def read_results(junit: Path) -> tuple[tuple[str, ...], tuple[Failure, ...]]:
    """The scenarios that ran, and those that failed, from a report that pytest wrote, if it did."""
    ran: list[str] = []
    failures: list[Failure] = []
    if not junit.exists():
        return (), ()
    for case in ElementTree.parse(junit).iter("testcase"):  # noqa: S314 - pytest wrote it
        if case.find("skipped") is not None:
            continue
        scenario = f"{Path(case.get('file', '')).stem}: {case.get('name')}"
        ran.append(scenario)
        problem = case.find("failure")
        problem = case.find("error") if problem is None else problem
        if problem is not None:
            message = _first_line(problem.get("message", ""))
            failures.append(Failure(scenario, message, _place(case)))
    return tuple(ran), tuple(failures)


def read_causes(verdict: Path) -> tuple[Cause, ...]:
    """Why the run failed, most direct first, from the verdict that the run wrote, if it did."""
    if not verdict.exists():
        return ()
    causes = json.loads(verdict.read_text(encoding="utf-8"))["causes"]
    return tuple(
        Cause(f"{each['feature']}: {each['rule']}", each["finding"], len(each["scenarios"]))
        for each in causes
    )


def _arguments(started: Sequence[str], base_url: str, selection: ScenarioSet) -> list[str]:
    shortest, longest = selection.delays
    started_by = subprocess.list2cmdline(started)
    return [
        *selection.files,
        *("-m", selection.marks, "-k", selection.words),
        *("--base-url", base_url),
        *("--server-command", started_by, "--replica-command", started_by),
        *("--delay-min", str(shortest), "--delay-max", str(longest)),
        *("--channel", selection.channel),
        *("-p", "no:cacheprovider", "-o", "bdd_reports="),
    ]


def _place(case: ElementTree.Element) -> str:
    return f"{case.get('file')}:{case.get('line')}"


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0]
