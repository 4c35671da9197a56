"""What would go wrong in the steps of a scenario, told before any of them does anything."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from bdd.language.definitions import StepDefinition
from bdd.language.outlines import PLACEHOLDER
from bdd.language.problems import Problem
from bdd.language.runs import UsedStep
from bdd.language.scenarios import PlacedScenario
from bdd.language.slips import slip_in
from bdd.language.suggestions import nearest_in_words, snippet
from bdd.language.vocabulary import Unreadable


def step_problems(scenario: PlacedScenario, definitions: Sequence[StepDefinition]) -> list[Problem]:
    """The problems of all runs of a scenario; one that every row has is told once."""
    by_line: dict[int, list[UsedStep]] = defaultdict(list)
    for step in scenario.used_steps:
        if not is_unfilled(step):
            by_line[step.line].append(step)
    found = [problem for steps in by_line.values() for problem in _of_line(steps, definitions)]
    return list(dict.fromkeys(found))


def is_unfilled(step: UsedStep) -> bool:
    """Whether a placeholder is left, of which the check of the Examples tells already."""
    return any(map(PLACEHOLDER.search, [step.text, *chain.from_iterable(step.table)]))


def _of_line(steps: Sequence[UsedStep], definitions: Sequence[StepDefinition]) -> Iterator[Problem]:
    undefined = [step for step in steps if not step.serving(definitions)]
    if len(undefined) == len(steps):
        yield _undefined(steps[0], steps[0].line, definitions)
        return
    for step in undefined:
        yield _undefined(step, step.told_at, definitions)
    for step in steps:
        yield from _of_defined(step, step.serving(definitions))


def _of_defined(step: UsedStep, serving: Sequence[StepDefinition]) -> Iterator[Problem]:
    if len(serving) > 1:
        yield _ambiguous(step, serving)
        return
    for definition in serving:
        if definition.is_async:
            yield _async(step, definition)
        for value in definition.unreadable(step.text):
            yield _slip(step, step.told_at, [definition]) or _unreadable(step, value)


def _undefined(step: UsedStep, line: int, definitions: Sequence[StepDefinition]) -> Problem:
    for other in definitions:
        if other.parser.is_matching(step.text) and not other.unreadable(step.text):
            return _of_another_kind(step, line, other, definitions)
    if slip := _slip(step, line, [each for each in definitions if each.is_of(step.type)]):
        return slip
    do = "use one of the defined steps, or ask a programmer to define this one"
    meant = nearest_in_words(step.type, step.text, definitions)
    frame = snippet(step.type, step.text, definitions, table=bool(step.table))
    return Problem(line, "no step is defined with these words", step.read, do, meant, frame)


def _slip(step: UsedStep, line: int, definitions: Sequence[StepDefinition]) -> Problem | None:
    slip = slip_in(step.text, definitions)
    if slip is None:
        return None
    meant = f"{step.keyword} {slip.meant}"
    return Problem(line, slip.told, step.read, f"write `{meant}`", meant)


def _of_another_kind(
    step: UsedStep, line: int, other: StepDefinition, definitions: Sequence[StepDefinition]
) -> Problem:
    kind, used = (other.type or "").capitalize(), step.type.capitalize()
    what = f"this is a {kind} step ({other.where}), and here it stands as {used}"
    do = f"begin it with {kind}, or with And after a {kind}"
    nearest = nearest_in_words(step.type, step.text, definitions, other_types=False)
    if nearest:
        do += f"; the nearest {used} steps are:\n{nearest}"
    return Problem(line, what, step.read, do, f"{kind} {step.text}")


def _ambiguous(step: UsedStep, serving: Sequence[StepDefinition]) -> Problem:
    meant = "\n".join(f"{each.text}  ({each.where})" for each in serving)
    do = "ask a programmer to change or remove one of these definitions"
    what = f"{len(serving)} step definitions match this step"
    return Problem(step.told_at, what, step.read, do, meant)


def _async(step: UsedStep, definition: StepDefinition) -> Problem:
    what = f"the step is defined as `async def` ({definition.where}), so it would never run"
    do = "ask a programmer to make it an ordinary function"
    return Problem(step.line, what, step.read, do)


def _unreadable(step: UsedStep, value: Unreadable) -> Problem:
    what = f"`{value.text}` cannot be read as {value.name}: {value.reason}"
    do = f"write {value.type.meaning}, such as {value.type.example}"
    return Problem(step.told_at, what, step.read, do)
