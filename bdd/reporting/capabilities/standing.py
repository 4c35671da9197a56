"""How a tested system stands: its core, and each thing that not every system has.

The core is what scenarios are about that need nothing. It cannot be missing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bdd.language.tags import NEEDS
from bdd.reporting.causes import Cause, Finding, causes_of, findings_of
from bdd.reporting.evidence import FINALLY, ScenarioRecord, Status, printable
from bdd.reporting.results import counts_of

CORE = ""
"""The core's place among the names of what can be needed."""

Names = frozenset[str]


class Planned(Protocol):
    """A scenario that can be run, by what it is about and needs."""

    @property
    def feature(self) -> str:
        """The name of its feature."""

    @property
    def rule(self) -> str:
        """The name of its Rule, empty if it has none."""

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags that hold for it, without the sign."""


class Standing(StrEnum):
    """What became of a part of what is promised."""

    KEPT = "kept"
    BROKEN = "broken"
    MISSING = "missing"
    NOT_TRIED = "not tried"


@dataclass(frozen=True)
class Part:
    """The core, or one thing that can be needed; so many scenarios that need it ended how.

    A missing one has its `reason`, as has one that was not tried; a broken one its first `cause`.
    One that no scenario needs by name has no `counts`.
    """

    name: str
    meaning: str
    standing: Standing
    counts: Mapping[Status, int]
    reason: str = ""
    cause: Cause | None = None


@dataclass(frozen=True)
class Conformance:
    """How the system stands, after so many of the `planned` scenarios have been run."""

    system: str
    core: Part
    capabilities: tuple[Part, ...]
    run: int
    planned: int

    def standing(self, standing: Standing) -> list[Part]:
        """The capabilities that stand so."""
        return [each for each in self.capabilities if each.standing is standing]

    @property
    def causes(self) -> list[Cause]:
        """The first cause of each part that is broken, each cause once."""
        parts = (self.core, *self.capabilities)
        return list({each.cause.proof.key: each.cause for each in parts if each.cause}.values())


def conformance_of(
    system: str,
    records: Sequence[ScenarioRecord],
    planned: Iterable[Planned],
    needs: Mapping[str, str],
    missing: Mapping[str, str],
) -> Conformance:
    """How the system stands by these records; `planned` are all scenarios of the features.

    `needs` says what can be needed and what it means, `missing` what is not offered and why.
    """
    judge = _Judge(records, planned)
    core = judge.part(CORE, "the core")
    capabilities = tuple(
        judge.absent(name, meaning, missing[name])
        if name in missing
        else judge.part(name, meaning, core)
        for name, meaning in needs.items()
    )
    return Conformance(system, core, capabilities, len(records), judge.planned.total())


def needs_among(tags: Iterable[str]) -> Names:
    """What a scenario with these tags needs; the core alone if it needs nothing."""
    named = frozenset(tag.removeprefix(NEEDS) for tag in tags if tag.startswith(NEEDS))
    return named or frozenset({CORE})


class _Judge:
    """Tells from the records of a run which part each finding is about.

    A finding that scenarios of another promise made is about what all scenarios of the promise
    need. Of several things the rarest is meant: pages need lists, and not the other way round.
    """

    def __init__(self, records: Sequence[ScenarioRecord], planned: Iterable[Planned]) -> None:
        self._records = records
        self._causes = causes_of(records)
        self._of_promise: dict[tuple[str, str], Names] = {}
        self.planned: Counter[Names] = Counter()
        for each in planned:
            needed, promise = (
                needs_among(each.tags),
                (printable(each.feature), printable(each.rule)),
            )
            self._of_promise[promise] = self._of_promise.get(promise, needed) & needed
            self.planned[needed] += 1
        self._findings = list(findings_of(records))

    def absent(self, name: str, meaning: str, reason: str) -> Part:
        """What is declared missing."""
        return Part(name, meaning, Standing.MISSING, {}, reason)

    def part(self, name: str, meaning: str, core: Part | None = None) -> Part:
        """What is promised: what no scenario needs by name is looked at in each of the `core`."""
        about = [each for each in self._records if name in needs_among(each.tags)]
        counts = counts_of(about)
        if wrong := self._against(name):
            cause = self._first_cause(wrong)
            return Part(name, meaning, Standing.BROKEN, counts, cause=cause)
        if core and not self._planned(name):
            return _as_the_core(name, meaning, core)
        reason = self._untried(name, about)
        standing = Standing.NOT_TRIED if reason else Standing.KEPT
        return Part(name, meaning, standing, counts, reason)

    def _planned(self, name: str) -> int:
        return sum(number for needed, number in self.planned.items() if name in needed)

    def _meant(self, needed: Names) -> str:
        return min(needed or {CORE}, key=lambda name: (self._planned(name), name))

    def _about(self, finding: Finding) -> str:
        own = finding.is_at_home or finding.failure.broken
        of_promise = self._of_promise.get(finding.key[:2], frozenset())
        return self._meant(needs_among(finding.noticed_by.tags) if own else of_promise)

    def _against(self, name: str) -> list[Finding]:
        """The findings about it; without any, those that kept one of its promises from being shown.

        A scenario whose steps all passed has shown its promise, whatever was found after them.
        """
        if found := [each for each in self._findings if self._about(each) == name]:
            return found
        own = [each for each in self._records if self._meant(needs_among(each.tags)) == name]
        shown = {(each.feature, each.rule) for each in own if _went_through(each)}
        failed = [each for each in own if each.status == "failed"]
        hidden = {each.nodeid for each in failed if (each.feature, each.rule) not in shown}
        return [each for each in self._findings if each.noticed_by.nodeid in hidden]

    def _first_cause(self, findings: Sequence[Finding]) -> Cause:
        keys = {each.key for each in findings}
        scenarios = {each.noticed_by.nodeid for each in findings}
        about = [each for each in self._causes if each.proof.key in keys]
        noticed = (
            each
            for each in self._causes
            if scenarios & {scenario.nodeid for scenario in each.scenarios}
        )
        return about[0] if about else next(noticed)

    def _untried(self, name: str, about: Sequence[ScenarioRecord]) -> str:
        """Why nothing can be said of it; empty if its scenarios were run."""
        planned = self._planned(name)
        if len(about) < planned:
            return f"{len(about)} of its {planned} scenarios were run"
        if any(map(_went_through, about)):
            return ""
        ((reason, _),) = Counter(each.reason for each in about).most_common(1) or [("", 0)]
        return reason or "no scenario is about it"


def _went_through(record: ScenarioRecord) -> bool:
    steps = [each for each in record.steps if each.keyword != FINALLY]
    return record.status != "skipped" and all(each.status == "passed" for each in steps)


def _as_the_core(name: str, meaning: str, core: Part) -> Part:
    if core.standing is Standing.KEPT:
        return Part(name, meaning, Standing.KEPT, {}, "looked at in every scenario")
    reason = f"scenarios of the core look at it, and that is {core.standing}"
    return Part(name, meaning, Standing.NOT_TRIED, {}, reason)
