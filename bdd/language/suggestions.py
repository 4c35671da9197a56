"""What the author of an undefined step may use instead, and how a programmer would begin it."""

import re
from collections.abc import Sequence

from bdd.language.definitions import StepDefinition
from bdd.language.step_similarity import nearest_steps
from bdd.language.vocabulary import UNSUITABLE, PlaceholderType

TOKEN = re.compile(r'"[^"]*"|\S+')


def nearest_in_words(
    type_: str, text: str, definitions: Sequence[StepDefinition], *, other_types: bool = True
) -> str:
    """The nearest steps, each with an example and the meaning of its placeholders."""
    nearest = nearest_steps(type_, text, definitions, other_types=other_types)
    return "\n".join(map(_in_words, nearest))


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


def _selective(definitions: Sequence[StepDefinition]) -> list[PlaceholderType]:
    """The types that do not read just any word."""
    kinds = {kind.name: kind for each in definitions for kind in each.fields.values()}
    return [kind for kind in kinds.values() if kind.is_selective]


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
        kind = next((kind for kind in kinds if kind.reads(token[0])), None)
        if kind is None:
            return "".join(" " if char in UNSUITABLE else char for char in token[0])
        name = _free(kind.name.lower(), names)
        names.append(name)
        return f"{{{name}:{kind.name}}}"

    return TOKEN.sub(replaced, text), names


def _free(name: str, taken: Sequence[str]) -> str:
    return name if name not in taken else f"{name}_{len(taken) + 1}"


def _function_name(text: str) -> str:
    words = re.findall(r"[a-z]+", text.lower())
    return "_".join(words[:6]) or "step"
