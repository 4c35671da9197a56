"""A scenario's record in plain words, for the console, junit and Allure."""

from collections.abc import Iterator, Mapping, Sequence

from bdd.reporting.causes import Cause
from bdd.reporting.evidence import (
    STATUSES,
    Failure,
    ScenarioRecord,
    Status,
    StepRecord,
    beside,
    labelled,
)

MARKS = {"passed": "✓", "failed": "✗", "skipped": "\N{EN DASH}", "not offered": "○"}
LONGEST = 40
MOST = 3
MINUTE = 60


def headline(record: ScenarioRecord) -> str:
    """One line: which step broke and why."""
    failed = record.failed_step
    category = record.all_failures[0].category
    where = f"{failed.keyword} {failed.name}: " if failed else ""
    return where + finding(record) + (f" ({category})" if category else "")


def finding(record: ScenarioRecord) -> str:
    """What the failed scenario found first, in a sentence."""
    return record.all_failures[0].message.partition("\n")[0]


def broken_promises(causes: Sequence[Cause]) -> str:
    """How much is broken, in a few words: `1 promise is broken`."""
    promises = {cause.promise for cause in causes if cause.promise}
    verb = "is" if len(promises) == 1 else "are"
    words = [f"{plural(len(promises), 'promise')} {verb} broken"] if promises else []
    if others := sum(not cause.promise for cause in causes):
        words.append(plural(others, "other failure"))
    return ", ".join(words)


def tally(counts: Mapping[Status, int]) -> str:
    """How many scenarios ended how: `3 scenarios passed, 1 skipped`."""
    ended = [(counts[status], status) for status in STATUSES if counts[status]]
    if not ended:
        return "no scenario ran"
    (count, status), *others = ended
    first = f"{plural(count, 'scenario')} {status}"
    return ", ".join([first, *(f"{count} {status}" for count, status in others)])


def noticed(cause: Cause) -> str:
    """How many scenarios noticed it."""
    if not cause.scenarios:
        return "charged to the run"
    return f"noticed by {plural(len(cause.scenarios), 'scenario')}"


def cause_in_words(cause: Cause) -> str:
    """The promise, what was found, expected beside got, and the shortest evidence."""
    lines = [cause.promise or "Not a promise of the server"]
    lines.append(f"   {cause.finding} ({noticed(cause)})")
    if cause.expected is not None and cause.got is not None:
        lines.append(_indented(beside(cause.expected, cause.got), 2))
    if cause.evidence:
        lines.append(_indented(labelled("seen", "\n".join(cause.evidence)), 2))
    proof = cause.proof.noticed_by
    lines.append(f"   shortest proof: {proof.name} ({proof.file}:{proof.line})")
    lines += [f"   also: {each}" for each in cause.also]
    return "\n".join(lines)


def scenario_in_words(record: ScenarioRecord) -> str:
    """Every step with its mark and the texts it left, the failing ones with the reason too."""
    return "\n".join(_lines(record))


def failure_in_words(failure: Failure) -> str:
    """The reason, expected beside got, and the project's lines it came from."""
    lines = [f"[{failure.category}] {failure.message}" if failure.category else failure.message]
    if failure.expected is not None and failure.got is not None:
        lines.append(beside(failure.expected, failure.got))
    if failure.trace:
        lines.append(failure.trace)
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """Milliseconds below a second, else seconds, above a minute minutes too."""
    if round(seconds, 3) < 1:
        return f"{seconds * 1000:.0f} ms"
    if round(seconds, 1) < MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes} min {rest} s"


def plural(count: int, noun: str) -> str:
    """The count with its noun: `1 scenario`, `2 scenarios`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _lines(record: ScenarioRecord) -> Iterator[str]:
    yield f"{record.feature}{f' / {record.rule}' if record.rule else ''}"
    yield f"{record.name}  ({record.file}:{record.line})"
    for failure in record.failures:
        yield _indented(failure_in_words(failure), 4)
    failed = [step for step in record.steps if step.failure]
    for step in failed:
        yield f"{_step_line(step)}  ({record.file}:{step.line})"
        assert step.failure is not None, "these have failed"
        yield _indented(failure_in_words(step.failure), 8)
    yield "  all steps:" if failed else "  steps:"
    for step in record.steps:
        yield from _evidence_lines(step)


def _step_line(step: StepRecord) -> str:
    return f"  {MARKS[step.status]} {step.keyword} {step.name}"


def _evidence_lines(step: StepRecord) -> Iterator[str]:
    """A passed step's evidence by its titles, a failed one's in full; what is brief is told."""
    yield _indented(_step_line(step), 2)
    texts = [each for each in step.attachments if each.media_type == "text/plain"]
    shown = [each for each in texts if not each.as_it_is]
    for text in shown[:MOST]:
        if text.is_brief:
            yield _indented(f"{text.title}: {text.body}", 10)
            continue
        body = f"\n{_indented(_shortened(text.body), 2)}" if step.failure else ""
        yield _indented(text.title + body, 10)
    if more := len(texts) - len(shown[:MOST]):
        yield _indented(f"… {more} more in the report", 10)


def _shortened(text: str) -> str:
    lines = text.splitlines()
    if len(lines) <= LONGEST:
        return text
    hidden = len(lines) - LONGEST
    return "\n".join([f"… {plural(hidden, 'earlier line')} in the report", *lines[-LONGEST:]])


def _indented(text: str, spaces: int) -> str:
    return "\n".join(" " * spaces + line if line else "" for line in text.splitlines())
