"""A record in words for people: what the project calls things, in place of their IDs."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bdd.reporting.evidence import Attachment, Failure, ScenarioRecord, StepRecord

Wording = Callable[[str], str]


def reworded(record: ScenarioRecord, word: Wording) -> ScenarioRecord:
    """The record with the wording in its failures and in its evidence that is plain text."""
    if word is str:
        return record
    return replace(
        record,
        steps=tuple(_step(each, word) for each in record.steps),
        attachments=_attachments(record.attachments, word),
        failures=tuple(_failure(each, word) for each in record.failures),
        charged=tuple(_failure(each, word) for each in record.charged),
    )


def _step(step: StepRecord, word: Wording) -> StepRecord:
    failure = step.failure and _failure(step.failure, word)
    return replace(step, failure=failure, attachments=_attachments(step.attachments, word))


def _failure(failure: Failure, word: Wording) -> Failure:
    return replace(
        failure,
        message=word(failure.message),
        expected=None if failure.expected is None else word(failure.expected),
        got=None if failure.got is None else word(failure.got),
    )


def _attachments(attachments: Iterable[Attachment], word: Wording) -> tuple[Attachment, ...]:
    return tuple(
        each
        if each.as_it_is or each.media_type != "text/plain"
        else replace(each, title=word(each.title), body=word(each.body))
        for each in attachments
    )
