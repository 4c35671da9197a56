"""Descriptions that were meant as something else: a keyword with a slip, a step without one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bdd.language.definitions import StepDefinition
from bdd.language.document import Document, Prose
from bdd.language.problems import Problem
from bdd.language.syntax import foreign_step

HOLDS_STEPS = frozenset({"Scenario", "Background"})


def prose_problems(document: Document, definitions: Sequence[StepDefinition]) -> Iterator[Problem]:
    """Lines that run nothing though their author thought they would."""
    foreign = document.foreign_steps
    for line, meant in list(foreign.items())[:1]:
        yield foreign_step(line, document.line(line), meant, document.keywords)
    for prose in document.prose:
        if prose.line in foreign:
            continue
        if meant := document.heading_meant(prose):
            do = f"write `{meant}`; if it is a description, begin its line with another word"
            what = "the line was read as description, not as a keyword"
            yield Problem(prose.line, what, prose.text, do, meant)
        elif prose.below in HOLDS_STEPS:
            yield from _lost_step(document, prose, definitions)
    yield from _lost_scenario(document)


def _lost_step(
    document: Document, prose: Prose, definitions: Sequence[StepDefinition]
) -> Iterator[Problem]:
    meant = document.keywords.step_meant(prose.text) or _defined(document, prose.text, definitions)
    if meant:
        what = "the line was read as description, not as a step"
        do = f"write `{meant}`; if it is a description, begin its line with another word"
        yield Problem(prose.line, what, prose.text, do, meant)


def _defined(document: Document, text: str, definitions: Sequence[StepDefinition]) -> str:
    """The step that the line is, without a keyword or with one that is none."""
    for sentence in (text, text.partition(" ")[2]):
        for each in definitions:
            if each.parser.is_matching(sentence):
                return f"{(each.type or document.keywords.steps[0]).capitalize()} {sentence}"
    return ""


def _lost_scenario(document: Document) -> Iterator[Problem]:
    """Steps below a Feature or Rule: two such lines in a row are no sentence of a description."""
    previous = 0
    for first, second in pairwise(document.prose):
        neighbours = second.line == first.line + 1 and first.below not in HOLDS_STEPS
        if neighbours and all(map(document.keywords.begins_step, (first.text, second.text))):
            is_headed = first.line - 1 in document.misread_headings
            if first.line != previous and not is_headed:
                what = "these steps were read as description, because no scenario begins above them"
                do = "write `Scenario:` and a name above them"
                yield Problem(first.line, what, first.text, do)
            previous = second.line
