"""Reading words of any kind, and describing what a placeholder accepts."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from bdd import PlaceholderType

T = TypeVar("T")

NAME = r"(?![\Wa-z0-9_])\w+"
NAMES = f"{NAME}(?:, {NAME})*(?: and {NAME})?"
NAME_MEANING = "a name: one word with a capital letter"
QUOTED = '"[^"]*"'

# Another single word, or another end of the sentence, is told to be unreadable; where the pattern
# knows the words, the sentence is another one without them.
A_WORD, THE_REST = r"\S+", ".+"


def one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    """Reads one of the words, which is all that is known."""

    def convert(text: str) -> T:
        if text not in words:
            raise ValueError(f"only these are known: {', '.join(words)}")
        return words[text]

    return convert


def choice(
    name: str,
    words: Mapping[str, object],
    pattern: str,
    example: str,
    examples: tuple[str, ...] = (),
) -> PlaceholderType:
    """A placeholder for one of the words; the pattern lets further ones through, to be told."""
    meaning = f"one of: {', '.join(words)}"
    return PlaceholderType(name, one_of(words), pattern, example, meaning, examples)


def phrase(name: str, words: Mapping[str, object], example: str) -> PlaceholderType:
    """A placeholder for one of the words; with others, the sentence is another one."""
    return choice(name, words, "|".join(words), example)


def without_names(form: str) -> str:
    """The regular expression with its named groups as nameless ones, as placeholders want it."""
    return re.sub(r"\?P<\w+>", "?:", form)


def names(text: str) -> tuple[str, ...]:
    """`Ann, Bob and Carol`. Raises ValueError for one that is named twice."""
    found = tuple(re.split(", | and ", text))
    if twice := [name for name in dict.fromkeys(found) if found.count(name) > 1]:
        raise ValueError(f"{twice[0]} is named twice: name each once")
    return found


def quoted(text: str) -> str:
    """What stands between the quotes."""
    return text[1:-1]
