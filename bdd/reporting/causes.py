"""Why a run failed: its findings, grouped by the promise that each is about.

One broken promise is noticed by many scenarios. A cause is one promise that is broken in one way;
so few causes are chosen that every failed scenario noticed one of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bdd.reporting.evidence import Attachment, Failure, ScenarioRecord, StepRecord

LINES = 6
REQUESTS = 3
LUCK = 0.25
"""Scenarios that might have noticed a broken promise, as well as held, had there been more."""


@dataclass(frozen=True)
class Finding:
    """One failure and who noticed it: a step of a scenario, or none if the run is charged."""

    failure: Failure
    noticed_by: ScenarioRecord
    step: StepRecord | None = None
    is_of_the_run: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """The promise and the kind; what is no promise is of the kind that its words tell."""
        failure = self.failure
        if failure.broken:
            return "", "", failure.message.partition("\n")[0]
        if failure.rule:
            return failure.feature, failure.rule, failure.category
        return self.noticed_by.feature, self.noticed_by.rule, failure.category

    @property
    def is_at_home(self) -> bool:
        """Whether a scenario found it that is about the promise."""
        return self.key[:2] == (self.noticed_by.feature, self.noticed_by.rule)


@dataclass(frozen=True)
class Cause:
    """A promise that is broken in one way, with its shortest proof.

    Without `feature` something else went wrong: the suite, or no server answered. `scenarios`
    are those that noticed, none if the run is charged. `also` are further findings that only these
    scenarios made: they may go away together with the cause.
    """

    feature: str
    rule: str
    category: str
    proof: Finding
    scenarios: tuple[ScenarioRecord, ...]
    also: tuple[str, ...] = ()

    @property
    def promise(self) -> str:
        """The promise, `feature: Rule`, or a feature without Rules; empty if it is none."""
        return f"{self.feature}: {self.rule}" if self.rule else self.feature

    @property
    def finding(self) -> str:
        """What was found, in a sentence."""
        return self.proof.failure.message.partition("\n")[0]

    @property
    def expected(self) -> str | None:
        """What the proof expected."""
        return self.proof.failure.expected

    @property
    def got(self) -> str | None:
        """What the proof got."""
        return self.proof.failure.got

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was seen of it, a few lines: requests by their titles, else text of the failed step.

        If lines have a number or a name of what was got, these are shown, below their titles, and
        those first of whom it is about. If the step itself has seen nothing, it is about what was
        asked last.
        """
        failed = self.proof.step
        if failed is None:
            return ()
        steps = self.proof.noticed_by.steps
        got = self.got or ""
        about = got.partition(":")[0]
        news = (text for text in _texts(failed) if _says_more(text, got))
        shown = sorted(news, key=lambda text: about not in text.title)
        earlier = [text for step in steps[: steps.index(failed)] for text in _texts(step)]
        names = [name for text in (*earlier, *shown) for name in _named(text, got)]
        asked = [line for text in earlier for line in _requests(text)]
        requests = [line for line in asked if _has_name(line, names)]
        found = [line for text in shown for line in _telling(text, _numbers(got), names)]
        found = found or [line for text in shown for line in _lines(text)]
        return tuple([*requests[:REQUESTS], *found][:LINES] or asked[-1:])


def causes_of(records: Iterable[ScenarioRecord]) -> list[Cause]:
    """The causes, most direct first.

    A cause weighs as much as the failed scenarios that it explains, and the more the larger the
    part is, of the scenarios about its promise, that noticed it: what follows from it breaks many
    promises a little. Each further one is needed to explain scenarios that noticed none before.
    """
    records = tuple(records)
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings_of(records):
        groups.setdefault(finding.key, []).append(finding)
    about = Counter((each.feature, each.rule) for each in records if each.status != "skipped")
    shares = {key: _share(group, about[key[:2]]) for key, group in groups.items()}
    unexplained = {name for group in groups.values() for name in _names(group)}
    chosen: list[list[Finding]] = []
    while unexplained:
        best = max(groups, key=lambda key: _weight(groups[key], unexplained, shares[key]))
        chosen.append(groups[best])
        unexplained -= _names(groups[best])
    charged = [each for each in groups.values() if each not in chosen and not _names(each)]
    chosen += charged
    rest = [each for each in groups.values() if each not in chosen]
    return [_cause(group, chosen, rest) for group in chosen]


def findings_of(records: Iterable[ScenarioRecord]) -> Iterator[Finding]:
    """Every failure that the records tell of, and who noticed it."""
    for record in records:
        for step in record.steps:
            if step.failure:
                yield Finding(step.failure, record, step)
        for failure in record.failures:
            yield Finding(failure, record)
        for failure in record.charged:
            yield Finding(failure, record, is_of_the_run=True)


def _names(group: Iterable[Finding]) -> set[str]:
    return {each.noticed_by.nodeid for each in group if not each.is_of_the_run}


def _share(group: Sequence[Finding], about: int) -> float:
    """The part that noticed it, of so many scenarios `about` the promise.

    Those that held may have been lucky, and there may be none: it is never 0 and never all.
    """
    noticed = {each.noticed_by.nodeid for each in group if each.is_at_home}
    return (len(noticed) + LUCK) / (about + 2 * LUCK)


def _weight(group: Sequence[Finding], unexplained: set[str], share: float) -> tuple[float, bool]:
    """How many scenarios it explains, by the `share`, and whether a check named the promise."""
    named = any(each.failure.rule for each in group)
    return len(_names(group) & unexplained) * share, named


def _cause(
    group: Sequence[Finding], chosen: Sequence[Sequence[Finding]], rest: Iterable[Sequence[Finding]]
) -> Cause:
    feature, rule, category = group[0].key
    if group[0].failure.broken:
        category = ""
    scenarios = {
        each.noticed_by.nodeid: each.noticed_by for each in group if not each.is_of_the_run
    }
    earlier = {name for each in chosen[: chosen.index(group)] for name in _names(each)}
    follow = [each for each in rest if _names(each) <= scenarios.keys() - earlier]
    return Cause(
        feature,
        rule,
        category,
        min(group, key=_length),
        tuple(scenarios.values()),
        tuple(f"{each[0].key[1] or each[0].key[0]}: {each[0].failure.message}" for each in follow),
    )


def _length(finding: Finding) -> tuple[bool, bool, int]:
    """The shortest proof is a short scenario, if possible one about the promise."""
    return finding.is_of_the_run, not finding.is_at_home, len(finding.noticed_by.steps)


def _numbers(text: str) -> set[str]:
    """The words with a digit: numbers of events, times, names of orders."""
    return set(re.findall(r"[\w.-]*\d[\w.-]*", text))


def _texts(step: StepRecord) -> list[Attachment]:
    plain = (each for each in step.attachments if each.media_type == "text/plain")
    return [each for each in plain if not each.as_it_is]


def _says_more(text: Attachment, got: str) -> bool:
    """Whether it is not only the figures of what was got."""
    numbers = _numbers(text.body)
    return "→" in text.title or not numbers or not numbers <= _numbers(got)


def _requests(text: Attachment) -> list[str]:
    """The title of a request and its answer, or those of several."""
    return [line for line in (text.title, *text.body.splitlines()) if "→" in line]


def _named(text: Attachment, got: str) -> list[str]:
    """The names that requests have in their addresses, such as `/books/{the book}`."""
    names = (name for line in _requests(text) for name in re.findall(r"\{([^{}]+)\}", line))
    return [name for name in names if _has_name(got, [name])]


def _has_name(line: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"{re.escape(name)}(?!\w)", line) for name in names)


def _telling(text: Attachment, numbers: set[str], names: Sequence[str]) -> list[str]:
    """The lines that have one of these, below their title."""
    title, *body = _lines(text)
    lines = [line for line in body if numbers & _numbers(line) or _has_name(line, names)]
    tells = lines or numbers & _numbers(title) or _has_name(title, names)
    return [title, *lines] if tells else []


def _lines(text: Attachment) -> list[str]:
    """The title alone where it says what happened, as that of a request does."""
    return [text.title] if "→" in text.title else [text.title, *text.body.splitlines()]
