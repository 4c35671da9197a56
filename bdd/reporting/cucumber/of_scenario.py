"""Cucumber Messages of one scenario: its test case, and what became of each step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from cucumber_messages import (
    Attachment,
    AttachmentContentEncoding,
    Duration,
    Envelope,
    Group,
    Hook,
    HookType,
    Pickle,
    PickleStep,
    SourceReference,
    StepMatchArgument,
    StepMatchArgumentsList,
    TestCase,
    TestCaseFinished,
    TestCaseStarted,
    TestStep,
    TestStepFinished,
    TestStepResult,
    TestStepResultStatus,
    TestStepStarted,
    Timestamp,
)
from cucumber_messages import (
    Exception as StepException,
)
from gherkin.stream.id_generator import IdGenerator

from bdd.language.definitions import StepDefinition
from bdd.language.vocabulary import Phrase
from bdd.reporting import evidence
from bdd.reporting.evidence import Failure, ScenarioRecord, StepRecord
from bdd.reporting.words import failure_in_words

BILLION = 1_000_000_000
CLOSING = "Finally"
STATUSES = {
    "passed": TestStepResultStatus.passed,
    "failed": TestStepResultStatus.failed,
    "skipped": TestStepResultStatus.skipped,
}


class Hooks:
    """The hooks of a run, each under one name: closing checks, and what is around the steps."""

    def __init__(self, ids: IdGenerator) -> None:
        self._ids = ids
        self._hooks: dict[str, Hook] = {}

    def named(self, name: str, type_: HookType) -> str:
        """The id of a hook, which is known from now on."""
        if name not in self._hooks:
            hook = Hook(self._ids.get_next_id(), SourceReference(), name=name, type=type_)
            self._hooks[name] = hook
        return self._hooks[name].id

    def all(self) -> list[Hook]:
        """The hooks that were needed."""
        return list(self._hooks.values())


@dataclass(frozen=True)
class Known:
    """What the messages of a scenario refer to."""

    ids: IdGenerator
    hooks: Hooks
    definitions: Mapping[StepDefinition, str]
    pickle: Pickle
    run: str


def case_messages(record: ScenarioRecord, known: Known) -> list[Envelope]:
    """The test case, its beginning, its steps and its end."""
    started = known.ids.get_next_id()
    steps = list(_steps(record, known))
    case = TestCase(
        id=known.ids.get_next_id(),
        pickle_id=known.pickle.id,
        test_steps=[planned for planned, _ in steps],
        test_run_started_id=known.run,
    )
    begun, ended = record.started, record.ended
    begin = TestCaseStarted(attempt=0, id=started, test_case_id=case.id, timestamp=timestamp(begun))
    finish = TestCaseFinished(started, timestamp(ended), will_be_retried=False)
    messages = [Envelope(test_case=case), Envelope(test_case_started=begin)]
    clock = begun
    for planned, step in steps:
        clock = max(clock, step.started)
        messages += _step_messages(started, planned.id, step, clock)
        clock += step.seconds
    for item in record.attachments:
        messages.append(Envelope(attachment=_attachment(item, started, None, ended)))
    return [*messages, Envelope(test_case_finished=finish)]


def timestamp(seconds: float) -> Timestamp:
    """Seconds since the epoch."""
    whole, nanos = divmod(round(seconds * BILLION), BILLION)
    return Timestamp(seconds=whole, nanos=nanos)


def _steps(record: ScenarioRecord, known: Known) -> Iterator[tuple[TestStep, StepRecord]]:
    """Each step as it was planned, with its record; hooks are around those of the file."""
    of_file = [step for step in record.steps if step.keyword != CLOSING]
    closing = [step for step in record.steps if step.keyword == CLOSING]
    before = record.status != "passed" and all(each.status == "skipped" for each in of_file)
    around = StepRecord("", "", record.line, "skipped", record.started)
    if before and (record.failures or record.status == "skipped"):
        outcome = _around(around, record)
        yield _hook(known, "preparing", HookType.before_test_case), outcome
    blank = StepRecord("", "", record.line)
    for pickle_step, step in zip_longest(known.pickle.steps, of_file, fillvalue=blank):
        if isinstance(pickle_step, PickleStep):
            yield _planned(known, pickle_step), step
    for step in closing:
        yield _hook(known, step.name, HookType.after_test_case), step
    if not before and record.failures:
        yield _hook(known, "clearing up", HookType.after_test_case), _around(around, record)


def _around(blank: StepRecord, record: ScenarioRecord) -> StepRecord:
    if record.failures:
        return replace(blank, status="failed", failure=record.failures[-1])
    return replace(blank, failure=Failure(record.reason) if record.reason else None)


def _hook(known: Known, name: str, type_: HookType) -> TestStep:
    return TestStep(id=known.ids.get_next_id(), hook_id=known.hooks.named(name, type_))


def _planned(known: Known, step: PickleStep) -> TestStep:
    serving = [each for each in known.definitions if each.parser.is_matching(step.text)]
    kinds = {"Context": "given", "Action": "when", "Outcome": "then"}
    kind = kinds.get(step.type.value if step.type else "", "")
    fitting = [each for each in serving if not kind or each.is_of(kind)]
    return TestStep(
        id=known.ids.get_next_id(),
        pickle_step_id=step.id,
        step_definition_ids=[known.definitions[each] for each in fitting],
        step_match_arguments_lists=[_arguments(each, step.text) for each in fitting],
    )


def _arguments(definition: StepDefinition, text: str) -> StepMatchArgumentsList:
    parser = definition.parser
    values = parser.values(text) if isinstance(parser, Phrase) else []
    return StepMatchArgumentsList(
        [
            StepMatchArgument(Group(start=start, value=value), kind.name or None)
            for start, value, kind in values
        ]
    )


def _step_messages(case: str, step: str, record: StepRecord, begun: float) -> list[Envelope]:
    ended = begun + record.seconds
    started = TestStepStarted(case, step, timestamp(begun))
    attachments = (_attachment(item, case, step, ended) for item in record.attachments)
    finished = TestStepFinished(case, step, _result(record), timestamp(ended))
    return [
        Envelope(test_step_started=started),
        *(Envelope(attachment=each) for each in attachments),
        Envelope(test_step_finished=finished),
    ]


def _result(record: StepRecord) -> TestStepResult:
    whole, nanos = divmod(round(record.seconds * BILLION), BILLION)
    result = TestStepResult(Duration(seconds=whole, nanos=nanos), STATUSES[record.status])
    if failure := record.failure:
        result.message = failure_in_words(failure)
        if record.status == "failed":
            result.exception = StepException(
                type=failure.category or "Failure",
                message=failure.message,
                stack_trace=failure.trace or None,
            )
    return result


def _attachment(item: evidence.Attachment, case: str, step: str | None, at: float) -> Attachment:
    return Attachment(
        body=item.body,
        content_encoding=AttachmentContentEncoding.identity,
        media_type=item.media_type,
        file_name=item.title,
        test_case_started_id=case,
        test_step_id=step,
        timestamp=timestamp(at),
    )
