"""Steps that count on something that no step before them has brought into the scenario."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from bdd.language.definitions import StepDefinition
from bdd.language.problems import Problem
from bdd.language.runs import UsedStep
from bdd.language.scenarios import PlacedScenario
from bdd.language.step_checks import is_unfilled
from bdd.language.things import ANY_NAME, Thing, story_of
from bdd.language.vocabulary import Phrase

LIKENESS = 0.6


def flow_problems(
    scenario: PlacedScenario, definitions: Sequence[StepDefinition]
) -> Iterator[Problem]:
    """The problems of all runs, if the steps are defined once each and can be read."""
    for run in scenario.runs:
        served = [(step, step.serving(definitions)) for step in run.steps]
        # What is undefined, or what nothing fills in, is told elsewhere.
        if all(len(found) == 1 and not is_unfilled(step) for step, found in served):
            yield from _of_run([(step, definition) for step, (definition,) in served])


def _of_run(steps: Sequence[tuple[UsedStep, StepDefinition]]) -> Iterator[Problem]:
    ever: list[Thing] = []
    now: list[Thing] = []
    for step, definition in steps:
        values = _values(step, definition)
        story = story_of(definition.function)
        yield from _missing(step, list(story.needs(**values)), now, ever)
        before = list(ever)  # what the step itself names twice, its table tells
        for thing in story.gives(**values):
            if thing.unique and thing in before:
                yield _again(step, thing)
            if thing.latest:
                now = [each for each in now if each.kind != thing.kind]
            now.append(thing)
            ever.append(thing)
        yield from _missing(step, _spoken_of(definition, values), now, ever)


def _values(step: UsedStep, definition: StepDefinition) -> dict[str, Any]:
    phrase = definition.parser
    values = dict(phrase.parse_arguments(step.text) or {}) if isinstance(phrase, Phrase) else {}
    if definition.shape and step.table:
        values["datatable"] = definition.shape.read(step.table)
    return values


def _spoken_of(definition: StepDefinition, values: dict[str, Any]) -> list[Thing]:
    kinds = definition.fields.items()
    return [thing for field, kind in kinds for thing in kind.needs(values[field])]


def _missing(
    step: UsedStep, needs: Sequence[Thing], now: Sequence[Thing], ever: Sequence[Thing]
) -> Iterator[Problem]:
    for need in needs:
        count = sum(thing.count for thing in now if thing.serves(need))
        if count < need.count:
            yield _problem(step, need, count, ever)


def _again(step: UsedStep, thing: Thing) -> Problem:
    what = f"this step {thing.brought}, and there is one of this name already"
    return Problem(step.told_at, what, step.read, f"give each {thing.kind} a name of its own")


def _problem(step: UsedStep, need: Thing, count: int, ever: Sequence[Thing]) -> Problem:
    if count:
        what = f"{need.count} are needed, and {count} given: a step before this one {need.brought}"
        return Problem(step.told_at, what, step.read, "let more be given, or need fewer")
    if any(thing.serves(need) for thing in ever):
        what = f"the latest action before this step is another than one that {need.brought}"
        do = "put this step straight after that action"
        return Problem(step.told_at, what, step.read, do)
    known = {thing.name: None for thing in ever if thing.kind == need.kind and thing.name}
    known.pop(ANY_NAME, None)
    meant = "".join(get_close_matches(need.name, known, n=1, cutoff=LIKENESS))
    do = f"add a step before this one that {need.brought}"
    if need.name and known:
        do += f", or use what there is: {', '.join(known)}"
    what = f"no step before this one {need.brought}"
    return Problem(step.told_at, what, step.read, do, meant)
