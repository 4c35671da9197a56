"""A scenario's record as Allure's test result.

The format: https://allurereport.org/docs/how-it-works-test-result-file/
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from allure_commons.model2 import (
    ATTACHMENT_PATTERN,
    Label,
    Link,
    Parameter,
    Status,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from allure_commons.model2 import Attachment as AllureAttachment
from allure_commons.types import LabelType, LinkType

from bdd.reporting.allure_run import BREAKS
from bdd.reporting.evidence import (
    NOT_OFFERED,
    Attachment,
    Failure,
    ScenarioRecord,
    StepRecord,
    Table,
)
from bdd.reporting.words import failure_in_words

EXTENSIONS = {
    "text/plain": "txt",
    "application/json": "json",
    "image/svg+xml": "svg",
    "image/png": "png",
    "text/csv": "csv",
}
OF_THE_RUN = {LabelType.HOST, LabelType.THREAD, LabelType.FRAMEWORK, LabelType.LANGUAGE}
SEVERITY, ISSUE, LINK = "severity:", "issue:", "link:"

Keep = Callable[[bytes, str], None]
"""Stores the body of an attachment under a file name."""

Address = Callable[[str], str]
"""The address of an issue."""


def complete(
    result: TestResult, record: ScenarioRecord, epic: str, keep: Keep, issue: Address
) -> None:
    """Fills the result in from the record, replacing what allure-pytest made of the test."""
    result.name = record.name
    result.fullName = record.nodeid
    result.testCaseId = result.historyId = _digest(record.nodeid)
    result.titlePath = [part for part in (record.feature, record.rule) if part]
    result.description = _description(record)
    result.parameters = [Parameter(name=name, value=value) for name, value in record.parameters]
    of_the_run = [label for label in result.labels if label.name in OF_THE_RUN]
    result.labels = [*of_the_run, *_labels(record, epic)]
    result.links = [*result.links, *_links(record.tags, issue)]
    result.steps = [*(_step(step, keep) for step in record.steps), *result.steps]
    result.attachments = [*_attachments(record.attachments, keep), *result.attachments]
    result.status, result.statusDetails = _outcome(record)
    if record.started:
        result.start = _milliseconds(record.ended - record.seconds)
        result.stop = _milliseconds(record.ended)


def _description(record: ScenarioRecord) -> str:
    paragraphs = (record.feature_description, record.description, f"`{record.file}:{record.line}`")
    return "\n\n".join(filter(None, paragraphs))


def _labels(record: ScenarioRecord, epic: str) -> Iterator[Label]:
    story = record.rule or record.name
    behaviour = {LabelType.EPIC: epic, LabelType.FEATURE: record.feature, LabelType.STORY: story}
    suites = {LabelType.PARENT_SUITE: epic, LabelType.SUITE: record.feature}
    for name, value in {**behaviour, **suites, LabelType.SUB_SUITE: record.rule}.items():
        if value:
            yield Label(name, value)
    for tag in record.tags:
        if tag.startswith(SEVERITY):
            yield Label(LabelType.SEVERITY, tag.removeprefix(SEVERITY))
        elif not tag.startswith((ISSUE, LINK)):
            yield Label(LabelType.TAG, tag)


def _links(tags: Sequence[str], issue: Address) -> Iterator[Link]:
    for tag in tags:
        if tag.startswith(ISSUE):
            name = tag.removeprefix(ISSUE)
            yield Link(LinkType.ISSUE, issue(name), name)
        elif tag.startswith(LINK):
            address = tag.removeprefix(LINK)
            yield Link(LinkType.LINK, address, address)


def _step(step: StepRecord, keep: Keep) -> TestStepResult:
    """The step; what is brief, as what was measured, stands beside its name."""
    given = []
    if step.table:
        given.append(Attachment("Table", _csv(step.table), "text/csv"))
    if step.text is not None:
        given.append(Attachment("Text", step.text))
    ran = step.status != "skipped"
    return TestStepResult(
        name=f"{step.keyword} {step.name}",
        status=_status(step.status, step.failure),
        statusDetails=_of_step(step.failure) if step.failure else None,
        parameters=[Parameter(each.title, each.body) for each in step.attachments if each.is_brief],
        attachments=_attachments(
            [*given, *(each for each in step.attachments if not each.is_brief)], keep
        ),
        start=_milliseconds(step.started) if ran else None,
        stop=_milliseconds(step.started + step.seconds) if ran else None,
    )


def _attachments(attachments: Sequence[Attachment], keep: Keep) -> list[AllureAttachment]:
    kept = []
    for each in attachments:
        file = ATTACHMENT_PATTERN.format(prefix=uuid4(), ext=EXTENSIONS[each.media_type])
        keep(each.content, file)
        kept.append(AllureAttachment(name=each.title, source=file, type=each.media_type))
    return kept


def _outcome(record: ScenarioRecord) -> tuple[str, StatusDetails | None]:
    failures = record.all_failures
    if not failures:
        details = StatusDetails(message=record.reason) if record.reason else None
        return _status(record.status, None), details
    return _status(record.status, failures[0]), _details(failures[0], record)


def _status(status: str, failure: Failure | None) -> str:
    if status == NOT_OFFERED:
        return str(Status.SKIPPED)
    return Status.BROKEN if failure and failure.broken else status


def _details(failure: Failure, record: ScenarioRecord) -> StatusDetails:
    """The message begins with the category in brackets and ends with a line for the promise.

    `categories.json` finds a failure by both.
    """
    details, promise = _of_step(failure), record.promise_of(failure)
    if promise:
        details.message += f"\n{BREAKS}{promise}"
    return details


def _of_step(failure: Failure) -> StatusDetails:
    """Without the promise: of a step that says what its scenario says, Allure shows one line."""
    words = failure_in_words(replace(failure, trace=""))
    return StatusDetails(message=words, trace=failure.trace)


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _csv(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
