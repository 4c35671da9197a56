"""What a scenario showed while it ran, as plain data: what the reports are made of.

How step code adds to it is in `bdd.reporting.attaching`.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self, get_args

Status = Literal["passed", "failed", "skipped", "not offered"]
STATUSES: tuple[Status, ...] = get_args(Status)
NOT_OFFERED: Status = "not offered"
"""Of a scenario that needs what the tested system does not have; reasons begin with these words."""

Table = tuple[tuple[str, ...], ...]

PNG = "image/png"

BRIEF = 100
"""Characters that can stand behind a title."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Attachment:
    """One piece of evidence; an announced one is printed on the terminal too.

    One `as_it_is` keeps the IDs that are told by names elsewhere.
    The body of a PNG is its base64 (RFC 4648), because records travel as text.
    """

    title: str
    body: str
    media_type: str = "text/plain"
    announced: bool = False
    as_it_is: bool = False

    @property
    def is_brief(self) -> bool:
        """Whether it is text of one short line, which is told with its title."""
        return self.body != "" and not self.as_it_is and self.is_line(BRIEF)

    def is_line(self, longest: int) -> bool:
        """Whether it is text of one line that has at most so many characters."""
        is_text = self.media_type == "text/plain"
        return is_text and "\n" not in self.body and len(self.body) <= longest

    @property
    def content(self) -> bytes:
        """The body as a file has it."""
        return base64.b64decode(self.body) if self.media_type == PNG else self.body.encode()


@dataclass(frozen=True)
class Failure:
    """Why a step, or a scenario around its steps, did not hold.

    `trace` names the project's own lines only. A `broken` failure says that the suite or its
    surroundings went wrong, not that a promise was broken. `feature` and `rule` name the promise if
    it is another one than the scenario's own.
    """

    message: str
    expected: str | None = None
    got: str | None = None
    category: str = ""
    broken: bool = False
    trace: str = ""
    feature: str = ""
    rule: str = ""


FINALLY = "Finally"
"""The keyword of what is checked after every scenario."""


@dataclass(frozen=True)
class StepRecord:
    """One line of a scenario, or `of_background`, and what became of it.

    `started` is in seconds since the epoch.
    """

    keyword: str
    name: str
    line: int
    status: Status = "skipped"
    started: float = 0.0
    seconds: float = 0.0
    table: Table = ()
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    failure: Failure | None = None
    of_background: bool = False

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Reads what `ScenarioRecord.to_dict` wrote for a step."""
        failure = Failure(**data["failure"]) if data["failure"] else None
        table = tuple(tuple(row) for row in data["table"])
        attachments = _attachments(data)
        return cls(**{**data, "table": table, "attachments": attachments, "failure": failure})


@dataclass(frozen=True)
class ScenarioRecord:
    """One scenario, or one row of an Outline, as it ran; `examples` is the title above the row.

    `nodeid` is pytest's name for it, the same in every run. `failures` are those around the
    steps (preparing, clearing up); a step keeps its own. `charged` are findings that are the
    run's, not this scenario's. `reason` says why the scenario was skipped.
    """

    nodeid: str
    feature: str
    name: str
    file: str
    line: int
    rule: str = ""
    description: str = ""
    feature_description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    examples: str = ""
    steps: tuple[StepRecord, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    failures: tuple[Failure, ...] = ()
    charged: tuple[Failure, ...] = ()
    status: Status = "skipped"
    reason: str = ""
    started: float = 0.0
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data that any process can read back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Reads what `to_dict` wrote."""
        record = cls(**data)
        return replace(
            record,
            tags=tuple(data["tags"]),
            parameters=tuple((name, value) for name, value in data["parameters"]),
            steps=tuple(StepRecord.from_dict(step) for step in data["steps"]),
            attachments=_attachments(data),
            failures=tuple(Failure(**failure) for failure in data["failures"]),
            charged=tuple(Failure(**failure) for failure in data["charged"]),
        )

    @property
    def ended(self) -> float:
        """When the last step ended, in seconds since the epoch; it may have waited to begin."""
        ends = (each.started + each.seconds for each in self.steps)
        return max(self.started + self.seconds, *ends, self.started)

    @property
    def all_failures(self) -> tuple[Failure, ...]:
        """Every failure of the scenario, those of its steps first."""
        return tuple(step.failure for step in self.steps if step.failure) + self.failures

    @property
    def failed_step(self) -> StepRecord | None:
        """The first step that failed, if one did."""
        return next((step for step in self.steps if step.failure), None)

    def promise_of(self, failure: Failure) -> str:
        """The promise that a failure of this scenario breaks, `feature: Rule`; empty for none."""
        if failure.broken:
            return ""
        named = failure if failure.rule else self
        feature, rule = named.feature, named.rule
        return f"{feature}: {rule}" if rule else feature

    @property
    def announcements(self) -> tuple[Attachment, ...]:
        """What the terminal shows whether the scenario holds or not."""
        of_steps = [item for step in self.steps for item in step.attachments]
        return tuple(item for item in (*of_steps, *self.attachments) if item.announced)


def printable(text: str) -> str:
    """The text with control characters and lone surrogates spelled out as escapes."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text.replace("\r\n", "\n"))


def beside(expected: str, got: str) -> str:
    """The two values under each other, aligned, further lines indented."""
    return f"{labelled('expected', expected)}\n{labelled('got', got)}"


def labelled(label: str, value: str) -> str:
    """The value behind its label, further lines below it."""
    return f"{label:>10}: " + value.replace("\n", "\n" + " " * 12)


def _attachments(data: Mapping[str, Any]) -> tuple[Attachment, ...]:
    return tuple(Attachment(**attachment) for attachment in data["attachments"])
