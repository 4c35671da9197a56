"""What the author of an undefined step may use instead, and how a programmer would begin it."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bdd.definitions import StepDefinition
from bdd.vocabulary import UNSUITABLE, PlaceholderType

LIKENESS = 0.5
SHOWN = 3

PLACEHOLDER = re.compile(r"\{.*?\}")
TOKEN = re.compile(r'"[^"]*"|\S+')


def nearest_steps(text: str, definitions: Sequence[StepDefinition]) -> list[StepDefinition]:
    """The defined steps most like the text, the likest first; values do not count."""
    sentence, _ = _generalised(text, _selective(definitions))
    ranked = [(_likeness(sentence, each.text), each) for each in definitions]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return [each for likeness, each in ranked[:SHOWN] if likeness >= LIKENESS]


def nearest_in_words(text: str, definitions: Sequence[StepDefinition]) -> str:
    """The nearest steps, each with an example and the meaning of its placeholders."""
    return "\n".join(_in_words(each) for each in nearest_steps(text, definitions))


def snippet(type_: str, text: str, definitions: Sequence[StepDefinition], *, table: bool) -> str:
    """A step definition for the text, its values replaced by the placeholders that read them."""
    sentence, names = _generalised(text, _selective(definitions))
    arguments = ", ".join([*names, *(["datatable"] if table else [])])
    quoted = repr(sentence) if '"' in sentence else f'"{sentence}"'
    return (
        f"@{type_}({quoted})\n"
        f"def {_function_name(text)}({arguments}):\n"
        f'    """Says what the step does."""\n'
        f"    raise NotImplementedError"
    )


def _likeness(*sentences: str) -> float:
    one, other = (PLACEHOLDER.sub("…", sentence).casefold() for sentence in sentences)
    return SequenceMatcher(None, one, other).ratio()


def _selective(definitions: Sequence[StepDefinition]) -> list[PlaceholderType]:
    """The types that do not read just any word."""
    kinds = {kind.name: kind for each in definitions for kind in each.fields.values()}
    return [kind for kind in kinds.values() if kind.name and not _reads(kind, "the")]


def _in_words(definition: StepDefinition) -> str:
    keyword = (definition.type or "*").capitalize()
    meanings = [
        f"\n    {{{name}}} is {kind.meaning}, such as {kind.example}"
        for name, kind in definition.fields.items()
        if kind.name
    ]
    return f"{keyword} {definition.example()}" + "".join(meanings)


def _generalised(text: str, kinds: Sequence[PlaceholderType]) -> tuple[str, list[str]]:
    names: list[str] = []

    def replaced(token: re.Match[str]) -> str:
        kind = next((kind for kind in kinds if _reads(kind, token[0])), None)
        if kind is None:
            return "".join(" " if char in {*UNSUITABLE, "/"} else char for char in token[0])
        name = _free(kind.name.lower(), names)
        names.append(name)
        return f"{{{name}:{kind.name}}}"

    return TOKEN.sub(replaced, text), names


def _free(name: str, taken: Sequence[str]) -> str:
    return name if name not in taken else f"{name}_{len(taken) + 1}"


def _reads(kind: PlaceholderType, text: str) -> bool:
    try:
        kind.read(text)
    except ValueError:
        return False
    return True


def _function_name(text: str) -> str:
    words = re.findall(r"[a-z]+", text.lower())
    return "_".join(words[:6]) or "step"
