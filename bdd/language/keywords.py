"""The keywords of Gherkin in one language, and the one that a misspelt line probably meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from gherkin.dialect import DIALECTS, Dialect

HEADING = re.compile("\\W*([^:\uff1a]*?)\\s*[:\uff1a]\\s*(.*)")

LIKENESS = 0.75
"""As like as `Ruel` is to `Rule`: two letters of four changed places."""

ORDINARY = frozenset({"the", "they", "them", "an", "role"})
"""Words that are as near to a keyword as a slip of the finger."""


@dataclass(frozen=True)
class Keywords:
    """What may stand at the beginning of a line: before a colon, and before a step."""

    language: str
    feature: tuple[str, ...]
    parents: tuple[str, ...]
    outlines: tuple[str, ...]
    examples: tuple[str, ...]
    blocks: tuple[str, ...]
    steps: tuple[str, ...]
    by_english: Mapping[str, str]

    @classmethod
    def of(cls, language: str) -> Self:
        """The keywords of a language, English if there is no such language."""
        spec = Dialect.for_name(language) or Dialect(DIALECTS["en"])
        parents = (*spec.feature_keywords, *spec.rule_keywords)
        blocks = (
            *spec.feature_keywords,
            *spec.background_keywords,
            *spec.rule_keywords,
            *spec.scenario_keywords,
            *spec.scenario_outline_keywords,
            *spec.examples_keywords,
        )
        outlines = tuple(spec.scenario_outline_keywords)
        steps = _step_keywords(spec)
        english = _first_keywords(Dialect(DIALECTS["en"]))
        by_english = dict(zip(english, _first_keywords(spec), strict=True))
        return cls(
            language,
            feature=tuple(spec.feature_keywords),
            parents=parents,
            outlines=outlines,
            examples=tuple(spec.examples_keywords),
            blocks=blocks,
            steps=steps,
            by_english=by_english,
        )

    def block_meant(self, text: str) -> str:
        """The line with the block keyword it probably should have, else nothing."""
        if heading := HEADING.match(text):
            near = nearest(heading[1], self.blocks, LIKENESS)
            return f"{near}: {heading[2]}".strip() if near else ""
        for keyword in sorted(self.blocks, key=len, reverse=True):
            if text == keyword or text.startswith(keyword + " "):
                return f"{keyword}: {text[len(keyword) :].strip()}".strip()
        return ""

    def step_meant(self, text: str) -> str:
        """The line with the step keyword it probably should have, else nothing."""
        first, _, rest = re.sub(r"\s+", " ", text, count=1).partition(" ")
        near = nearest(first, self.steps, LIKENESS)
        return f"{near} {rest}" if near and rest else ""

    def translated(self, text: str) -> str:
        """The step with the keyword of this language, if it begins with the English one."""
        first, _, rest = text.partition(" ")
        own = self.by_english.get(first, first)
        return f"{own} {rest}" if rest and first not in self.steps and own != first else ""

    def belongs_below(self, text: str, heading: str) -> bool:
        """Whether the line is what comes below a heading: a step, a table, another heading."""
        if heading in self.examples:
            return text.startswith("|")
        if heading in self.parents:
            return text.startswith("@") or text.partition(":")[0] in self.blocks
        return self.begins_step(text) or bool(self.step_meant(text))

    def begins_step(self, text: str) -> bool:
        """Whether the line begins with the very keyword of a step."""
        return any(text.startswith(keyword + " ") for keyword in self.steps)


def nearest(word: str, known: Iterable[str], likeness: float) -> str:
    """The most similar known word, whatever the case of letters, else nothing."""
    if word.casefold() in ORDINARY:
        return ""
    by_folded = {each.casefold(): each for each in known}
    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else ""


def dialect_that_begins_with(text: str) -> str:
    """The language in which the line would be the heading of a feature, else nothing."""
    word = text.partition(":")[0].strip()
    return next((name for name, spec in DIALECTS.items() if word in spec["feature"]), "")


def _first_keywords(spec: Dialect) -> list[str]:
    kinds = (
        spec.given_keywords,
        spec.when_keywords,
        spec.then_keywords,
        spec.and_keywords,
        spec.but_keywords,
    )
    return [next(each.strip() for each in kind if each.strip() != "*") for kind in kinds]


def _step_keywords(spec: Dialect) -> tuple[str, ...]:
    keywords = (
        *spec.given_keywords,
        *spec.when_keywords,
        *spec.then_keywords,
        *spec.and_keywords,
        *spec.but_keywords,
    )
    return tuple(dict.fromkeys(each.strip() for each in keywords if each.strip() != "*"))
