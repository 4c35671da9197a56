"""The catalogue of steps, for the terminal with their uses, and as Markdown.

The Markdown leaves out how often a step is used, so that a new scenario never makes it outdated.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bdd.language.checks import CheckedFile
from bdd.language.definitions import StepDefinition

SECTIONS = (("Given", "given"), ("When", "when"), ("Then", "then"), ("Given, When or Then", None))

INTRODUCTION = """\
# The steps

Every sentence that a scenario can be made of, written by `pytest --steps-markdown`; `pytest
--steps` also tells how often each is used. Words in `{braces}` stand for values. A step after
another of its kind may begin with `And` or `But`."""


def count_uses(
    definitions: Sequence[StepDefinition], files: Iterable[CheckedFile]
) -> Counter[StepDefinition]:
    """In how many lines of the features each step stands."""
    uses: Counter[StepDefinition] = Counter()
    for file in files:
        lines = {
            (step.line, definition)
            for scenario in file.scenarios
            for step in scenario.used_steps
            for definition in step.serving(definitions)
        }
        uses.update(definition for _, definition in lines)
    return uses


def as_text(
    definitions: Sequence[StepDefinition], uses: Mapping[StepDefinition, int]
) -> Iterator[str]:
    """The catalogue in paragraphs for the terminal."""
    for title, steps in _sections(definitions):
        yield f"{title}\n{'=' * len(title)}"
        for step in steps:
            lines = [step.doc, f"such as: {step.example()}", *_values(step, "{} is {}, such as {}")]
            if step.shape:
                lines.append(step.shape.example())
            lines.append(f"{_used(uses.get(step, 0))}, {step.where}")
            yield f"{step.plain()}\n" + textwrap.indent("\n".join(filter(None, lines)), "    ")


def as_markdown(definitions: Sequence[StepDefinition]) -> str:
    """The catalogue as a page; links are relative to a folder beside the step definitions'."""
    parts = [INTRODUCTION]
    for title, steps in _sections(definitions):
        parts.append(f"## {title}")
        parts += [_paragraph(title.partition(",")[0], step) for step in steps]
    return "\n\n".join(parts) + "\n"


def _sections(
    definitions: Sequence[StepDefinition],
) -> Iterator[tuple[str, list[StepDefinition]]]:
    for title, type_ in SECTIONS:
        if steps := [each for each in definitions if each.type == type_]:
            yield title, steps


def _values(step: StepDefinition, form: str) -> list[str]:
    return [
        form.format(f"{{{name}}}", kind.meaning, kind.example) for name, kind in step.fields.items()
    ]


def _used(times: int) -> str:
    if times == 0:
        return "NOT USED"
    return "used once" if times == 1 else f"used {times} times"


def _paragraph(keyword: str, step: StepDefinition) -> str:
    example = f"{keyword} {step.example()}"
    if step.shape:
        example += "\n" + textwrap.indent(step.shape.example(), "  ")
    lines = [f"### `{step.plain()}`", step.doc, f"```gherkin\n{example}\n```"]
    lines.append("\n".join(_values(step, "- `{}` is {}, such as `{}`")))
    lines.append(f"[{step.where}](../{step.file}#L{step.line})")
    return "\n\n".join(filter(None, lines))
