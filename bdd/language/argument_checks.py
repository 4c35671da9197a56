"""Tables and texts below steps, compared with what the step definitions take."""

from collections.abc import Iterator, Sequence

from bdd.language.definitions import StepDefinition
from bdd.language.problems import Problem
from bdd.language.runs import UsedStep
from bdd.language.scenarios import PlacedScenario
from bdd.language.step_checks import is_unfilled


def argument_problems(
    scenario: PlacedScenario, definitions: Sequence[StepDefinition]
) -> Iterator[Problem]:
    """What is wrong below the steps that are defined, and defined once."""
    for step in scenario.used_steps:
        serving = step.serving(definitions)
        if len(serving) == 1 and not is_unfilled(step):
            yield from _table_problems(step, serving[0])
            yield from _docstring_problems(step, serving[0])


def _table_problems(step: UsedStep, definition: StepDefinition) -> Iterator[Problem]:
    need = definition.need("datatable")
    shape = definition.shape
    if step.table and need == "none":
        do = "remove the table, or use a step that takes one"
        yield Problem(step.table_lines[0], "this step takes no table", step.read, do)
    elif not step.table and need == "required":
        table = f":\n{shape.example()}" if shape else ""
        yield Problem(step.line, "this step needs a table", step.read, f"put one below it{table}")
    elif step.table and shape:
        for problem in shape.problems(step.table):
            line = step.told_at if step.told_at != step.line else step.table_lines[problem.row]
            read = " | ".join(["", *step.table[problem.row], ""]).strip()
            yield Problem(line, problem.what, read, problem.do, problem.meant)


def _docstring_problems(step: UsedStep, definition: StepDefinition) -> Iterator[Problem]:
    need = definition.need("docstring")
    if step.docstring is not None and need == "none":
        do = "remove the text, or use a step that takes one"
        yield Problem(step.line, "this step takes no text below it", step.read, do)
    elif step.docstring is None and need == "required":
        do = 'put it below the step, between two lines of `"""`'
        yield Problem(step.line, "this step needs a text below it", step.read, do)
