"""The proof: every faulty server is noticed, for the right reason, and the correct one is not."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from faults.fault import EVERYTHING, Fault, ScenarioSet
from faults.trial import CORRECT, Failure, Trial, try_out

NAMED = 0.9
"""The part of the faults whose first cause must be the broken promise.

It is less than what was measured, 96 %: a few causes change from run to run.
"""

FEW_CAUSES, IN_FEW_WORDS = 2, 0.9
"""So few causes have to do, for so many of the faults."""

Attempt = Callable[[str, ScenarioSet], Trial]
"""How the server of this name is put to some scenarios."""


class Verdict(StrEnum):
    """What became of a fault."""

    CAUGHT = "caught"
    CAUGHT_AGAIN = "caught at the second try"
    SURVIVED = "survived"
    OFF_THE_MARK = "caught off the mark"
    UNTRIED = "could not be tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the features said of one faulty server."""

    fault: Fault
    trial: Trial
    tries: int = 1

    @property
    def telling(self) -> tuple[Failure, ...]:
        """The failures of scenarios that are about the broken sentence."""
        return tuple(each for each in self.trial.failures if self.fault.is_about(each.scenario))

    @property
    def verdict(self) -> Verdict:
        """Caught only if a scenario failed that is about the broken sentence."""
        if self.trial.trouble:
            return Verdict.UNTRIED
        if not self.trial.failures:
            return Verdict.SURVIVED
        if not self.telling:
            return Verdict.OFF_THE_MARK
        return Verdict.CAUGHT if self.tries == 1 else Verdict.CAUGHT_AGAIN

    @property
    def is_caught(self) -> bool:
        """Whether a scenario noticed the fault for the right reason."""
        return self.verdict in (Verdict.CAUGHT, Verdict.CAUGHT_AGAIN)

    @property
    def first_cause(self) -> str:
        """The promise that the report names first."""
        return str(self.trial.causes[0]) if self.trial.causes else "none"

    @property
    def names_rule(self) -> bool:
        """Whether the first cause is the promise behind the broken sentence."""
        causes = self.trial.causes
        return bool(causes) and causes[0].promise.startswith(self.fault.rule)

    @property
    def noticed_by(self) -> str:
        """The scenario that tells most, and how many others failed."""
        failures = self.telling or self.trial.failures
        others = len(self.trial.failures) - 1
        if not failures:
            return "nobody"
        return failures[0].scenario + (f" and {others} more" if others else "")

    @property
    def says(self) -> str:
        """The first line of what that scenario says."""
        failures = self.telling or self.trial.failures
        return failures[0].message if failures else self.trial.trouble


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the faults something holds for; its percentage is rounded down, never up."""

    count: int
    total: int

    @classmethod
    def of(cls, found: Iterable[bool]) -> Self:
        """Of so many findings those that are true."""
        each = list(found)
        return cls(sum(each), len(each))

    @property
    def part(self) -> float:
        """From 0 to 1; 0 of no faults."""
        return self.count / max(1, self.total)

    def __str__(self) -> str:
        per_mille = self.count * 1000 // max(1, self.total)
        return f"{self.count} of {self.total} ({per_mille / 10:.1f} %)"


@dataclass(frozen=True, slots=True)
class Proof:
    """All findings, and the trials of the correct server."""

    findings: tuple[Finding, ...]
    correct: tuple[Trial, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether every fault is caught, most are named, and the correct server passes."""
        caught = all(each.is_caught for each in self.findings)
        tried = all(trial.ran for trial in self.correct)
        return caught and tried and self.is_clear and not self.false_alarms

    @property
    def named(self) -> Share:
        """The faults whose first cause is the broken promise."""
        return Share.of(finding.names_rule for finding in self.findings)

    @property
    def in_few_words(self) -> Share:
        """The faults that are told by at most two causes."""
        return Share.of(len(each.trial.causes) <= FEW_CAUSES for each in self.findings)

    @property
    def is_clear(self) -> bool:
        """Whether the reports name the broken promise, and little else."""
        return self.named.part >= NAMED and self.in_few_words.part >= IN_FEW_WORDS

    @property
    def false_alarms(self) -> tuple[str, ...]:
        """What the features found wrong with the correct server."""
        return tuple(alarm for trial in self.correct for alarm in trial.alarms)

    @property
    def summary(self) -> str:
        """The figures, in a sentence."""
        verdicts = Counter(finding.verdict for finding in self.findings)
        counts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
        alarms = len(self.false_alarms)
        return (
            f"{len(self.findings)} faulty servers: {counts}. The correct server: "
            f"{sum(len(trial.ran) for trial in self.correct)} scenarios, {alarms} false alarms. "
            f"The first cause is the broken promise for {self.named}, and there are at most "
            f"{FEW_CAUSES} causes for {self.in_few_words}. "
            f"It took {self.seconds:.0f} s."
        )

    @property
    def noticed_by_scenario(self) -> Mapping[str, Set[str]]:
        """The names of the faults that each scenario noticed, those that noticed none included.

        The rows of an outline count as one scenario.
        """
        noticed: dict[str, set[str]] = {
            without_row(scenario): set() for trial in self.correct for scenario in trial.ran
        }
        for finding in self.findings:
            for failure in finding.trial.failures:
                noticed.setdefault(without_row(failure.scenario), set()).add(finding.fault.name)
        return noticed

    @property
    def silent_rows(self) -> Sequence[str]:
        """The scenarios, each row of an outline for itself, that no fault makes fail."""
        ran = dict.fromkeys(scenario for trial in self.correct for scenario in trial.ran)
        failed = {
            failure.scenario for finding in self.findings for failure in finding.trial.failures
        }
        return [scenario for scenario in ran if scenario not in failed]


def without_row(scenario: str) -> str:
    """The scenario's name without the values of an outline's row."""
    return scenario.partition("[")[0]


def prove(
    faults: Collection[Fault],
    jobs: int,
    tell: Callable[[Finding], None],
    attempt: Attempt = try_out,
    selections: Collection[ScenarioSet] = EVERYTHING,
) -> tuple[tuple[Finding, ...], tuple[Trial, ...]]:
    """Tries all faults and the correct server, some at the same time; tells each as it ends.

    `selections` are what the correct server is put to.

    Those that wait long and compute little come first. A fault that is not caught is tried once
    more, alone: chance decides about some, and a busy machine about others.
    """
    wanted = sorted(faults, key=lambda fault: fault.selection.delays, reverse=True)
    with ThreadPoolExecutor(jobs) as pool:
        correct = [pool.submit(attempt, CORRECT, each) for each in selections]
        tried = {pool.submit(attempt, each.name, each.selection): each for each in wanted}
        findings = {}
        for done in as_completed(tried):
            finding = Finding(tried[done], done.result())
            findings[finding.fault.name] = finding
            tell(finding)
        trials = tuple(each.result() for each in correct)
    for finding in list(findings.values()):
        if not finding.is_caught:
            fault = finding.fault
            findings[fault.name] = Finding(fault, attempt(fault.name, fault.selection), tries=2)
            tell(findings[fault.name])
    return tuple(findings[fault.name] for fault in faults), trials
