"""Which of the defined steps are most like a sentence that nobody defined.

The sentence is compared with what its author may have meant by each definition: with its own
values where the types of the placeholders read them, else with examples. The words that the two
share count twice as much as the letters, which find a word with a typo. A word that few
definitions have weighs most, one that none of them has weighs nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from math import log

from bdd.language.definitions import StepDefinition
from bdd.language.vocabulary import PlaceholderType

LIKENESS = 0.45
SHOWN = 3

SAME_TYPE = 0.2
"""A step of another type has to be so much more like the sentence to come first."""

STEM = 4
"""So many letters of a word count, so that `cancelled` is as good as `cancels`."""


def nearest_steps(
    type_: str, text: str, definitions: Sequence[StepDefinition], *, other_types: bool = True
) -> list[StepDefinition]:
    """The steps that may have been meant, most similar first."""
    # All definitions take part in any case, because they tell which words are rare.
    likeness = _likeness(text, definitions)
    shown = [each for each in definitions if other_types or each.is_of(type_)]
    near = [each for each in shown if likeness[each] >= LIKENESS]
    near.sort(key=lambda each: -likeness[each] - SAME_TYPE * each.is_of(type_))
    return near[:SHOWN]


def _likeness(text: str, definitions: Sequence[StepDefinition]) -> dict[StepDefinition, float]:
    sentences = {each: _meant(text, each) for each in definitions}
    weights = _weights(sentences.values())
    return {
        each: (2 * _words_shared(text, sentence, weights) + _letters_shared(text, sentence)) / 3
        for each, sentence in sentences.items()
    }


def _meant(text: str, definition: StepDefinition) -> str:
    values: dict[str, str] = {}
    left = text
    for name, kind in definition.fields.items():
        if value := _value(kind, left):
            values[name] = value
            left = left.replace(value, "", 1)
    said = _stems(text)
    return definition.written(values, lambda word: word[:STEM] in said)


def _value(kind: PlaceholderType, text: str) -> str:
    if not kind.is_selective:
        return ""
    candidates = re.finditer(rf"(?<!\S)(?:{kind.pattern})(?!\S)", text)
    return next((match[0] for match in candidates if kind.reads(match[0])), "")


def _weights(sentences: Iterable[str]) -> dict[str, float]:
    all_stems = [_stems(sentence) for sentence in sentences]
    counts = Counter(stem for stems in all_stems for stem in stems)
    return {stem: log(1 + len(all_stems) / count) for stem, count in counts.items()}


def _words_shared(one: str, other: str, weights: Mapping[str, float]) -> float:
    def weight(stems: Iterable[str]) -> float:
        return sum(weights.get(stem, 0) for stem in stems)

    stems = _stems(one), _stems(other)
    return 2 * weight(stems[0] & stems[1]) / (weight(stems[0]) + weight(stems[1]) or 1)


def _letters_shared(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _stems(sentence: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"[\w'-]+", sentence.casefold())}
