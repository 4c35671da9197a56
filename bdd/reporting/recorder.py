"""The record of one scenario, filled in as it runs."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bdd.borrowed.pytest import failure_text
from bdd.reporting.attaching import Mismatch, collector, run_charges
from bdd.reporting.evidence import (
    FINALLY,
    NOT_OFFERED,
    Attachment,
    Failure,
    ScenarioRecord,
    Status,
    StepRecord,
    printable,
)
from bdd.reporting.failures import failure_of
from bdd.reporting.rewording import Wording, reworded
from bdd.reporting.words import failure_in_words, headline, scenario_in_words

ERRORS = (Exception, pytest.fail.Exception)


@dataclass
class RunningStep:
    """A step's record as far as it is known, and the evidence that still comes in."""

    record: StepRecord
    evidence: list[Attachment] = field(default_factory=list)
    begun: float = 0.0

    def begin(self) -> None:
        """Starts the clock; evidence belongs to this step until another one begins."""
        collector.set(self.evidence)
        self.record = replace(self.record, started=time.time())
        self.begun = time.perf_counter()

    def end(self, status: Status, failure: Failure | None = None) -> None:
        """Stops the clock."""
        seconds = time.perf_counter() - self.begun
        self.record = replace(self.record, status=status, seconds=seconds, failure=failure)

    def frozen(self) -> StepRecord:
        """The record with the evidence so far."""
        return replace(self.record, attachments=tuple(self.evidence))


class Recorder:
    """Fills in the record of one scenario as it runs."""

    def __init__(self, blank: ScenarioRecord, root: Path) -> None:
        self.request: pytest.FixtureRequest | None = None
        self._root = root
        self._record = replace(blank, started=time.time())
        self._planned = [RunningStep(step) for step in blank.steps]
        self._closing: list[RunningStep] = []
        self._begun = 0
        self._beside_steps: list[Attachment] = []
        self._told: list[BaseException] = []
        self._charged: list[Mismatch] = []
        run_charges.set(self._charged)

    def leave_step(self) -> None:
        """From now on evidence belongs to the scenario itself."""
        collector.set(self._beside_steps)

    def begin_step(self) -> None:
        """The next step of the scenario begins."""
        self._planned[self._begun].begin()
        self._begun += 1

    def pass_step(self) -> None:
        """The present step held."""
        self._planned[self._begun - 1].end("passed")

    def fail_step(self, error: BaseException) -> None:
        """The present step broke."""
        self._planned[self._begun - 1].end("failed", self._tell(error))

    def check(self, name: str, check: Callable[[], object]) -> BaseException | None:
        """Runs a check at the end of a scenario as a further step and returns what it raised.

        Each exception of a group is told by a step of its own, and the first of them returned: a
        group that pytest comes to know is told once more, in their own words, by other plugins.
        """
        step = self._close(name)
        try:
            check()
        except ERRORS as error:
            first, *others = error.exceptions if isinstance(error, ExceptionGroup) else [error]
            step.end("failed", self._tell(first))
            for other in others:
                self._close(name).end("failed", self._tell(other))
            return first
        step.end("passed")
        return None

    def _close(self, name: str) -> RunningStep:
        step = RunningStep(StepRecord(FINALLY, printable(name), self._record.line))
        self._closing.append(step)
        step.begin()
        return step

    def note(self, report: pytest.TestReport, error: BaseException | None) -> None:
        """Takes over what pytest says of a phase, and tells a failure in our words."""
        if report.when != "teardown":
            self._record = replace(self._record, seconds=report.duration)
        if report.failed:
            self._fail(report, error)
        elif report.skipped:
            reason = _reason(report)
            status = NOT_OFFERED if reason.startswith(NOT_OFFERED) else self._record.status
            self._record = replace(self._record, status=status, reason=reason)
        elif report.when == "call":
            self._record = replace(self._record, status="passed")

    def record(self) -> ScenarioRecord:
        """The record so far."""
        steps = tuple(step.frozen() for step in chain(self._planned, self._closing))
        record = replace(
            self._record,
            steps=steps,
            attachments=tuple(self._beside_steps),
            charged=tuple(failure_of(each, self._root) for each in self._charged),
        )
        return reworded(record, self._wording())

    def _wording(self) -> Wording:
        if self.request is None:
            return str
        word: Wording | None = self.request.config.hook.pytest_bdd_wording(request=self.request)
        return word or str

    def _fail(self, report: pytest.TestReport, error: BaseException | None) -> None:
        failures = self._record.failures
        if error is None:
            failures += (Failure(printable(report.longreprtext)),)
        elif not any(error is told for told in self._told):
            failures += (self._tell(error),)
        self._record = replace(self._record, status="failed", failures=failures)
        self._retell(report)

    def _retell(self, report: pytest.TestReport) -> None:
        """Puts our words where pytest, its summary and junit look for the failure."""
        record = self.record()
        after = report.when == "teardown"
        text = failure_in_words(record.failures[-1]) if after else scenario_in_words(record)
        report.location = (*report.location[:2], record.name)  # the row's values, not its number
        report.longrepr = failure_text(
            text, file=record.file, line=record.line, headline=headline(record)
        )

    def _tell(self, error: BaseException) -> Failure:
        self._told.append(error)
        return failure_of(error, self._root)


def _reason(report: pytest.TestReport) -> str:
    if hasattr(report, "wasxfail"):
        return printable(f"expected to fail: {report.wasxfail}")
    reason: Any = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return printable(str(reason).removeprefix("Skipped: "))
