"""Slips of a character or two, named: the quotation marks of Word, a full stop, a double space."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bdd.language.definitions import StepDefinition

CURLY: dict[str, str | int | None] = {
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
}
DASHES: dict[str, str | int | None] = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
TAB = "\t"
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
"""What comes with text from a web page: soft hyphens, zero-width spaces, marks of direction."""

MOST_AT_ONCE = 3


@dataclass(frozen=True)
class Slip:
    """The step without the slips that it has, and what they are, in words."""

    meant: str
    told: str


def slip_in(text: str, definitions: Sequence[StepDefinition]) -> Slip | None:
    """The fewest slips without which the step is a defined one, if there are any."""
    for count in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(_KINDS, count):
            meant, told = text, []
            for find, mend in chosen:
                told.append(find(meant))
                meant = mend(meant)
            if all(told) and any(_takes(each, meant) for each in definitions):
                return Slip(meant, "; ".join(told))
    return None


def _takes(definition: StepDefinition, text: str) -> bool:
    return definition.parser.is_matching(text) and not definition.unreadable(text)


def _curly(text: str) -> str:
    found = _first(text, CURLY)
    return f"{found} is a curly quotation mark, and the step has {CURLY[found]}" if found else ""


def _dash(text: str) -> str:
    found = _first(text, DASHES)
    return f"{found} is a long dash, and the step has -" if found else ""


def _space(text: str) -> str:
    found = re.search(r"\s\s+|[^\S ]", text)
    if found is None:
        return ""
    kind = {1: "a space of another kind"}.get(len(found[0]), "more than one space")
    return f"there is {'a tab' if TAB in found[0] else kind} after `{_word_before(text, found)}`"


def _invisible(text: str) -> str:
    found = re.search(f"[{INVISIBLE}]", text)
    if found is None:
        return ""
    name = unicodedata.name(found[0]).lower()
    return f"there is an invisible character ({name}) after `{_word_before(text, found)}`"


def _end(text: str) -> str:
    return f"a step does not end with `{text[-1]}`" if text[-1:] in {*".,;:!?"} else ""


def _comment(text: str) -> str:
    found = re.search(r"\s+(#.*)", text)
    return f"`{found[1]}` is no comment: that has a line of its own" if found else ""


def _capital(text: str) -> str:
    found = _capitalised(text)
    return f"`{found}` begins with a capital letter" if found else ""


def _accent(text: str) -> str:
    found = next((char for char in text if char.isalpha() and _plain(char) != char), "")
    return f"the letter {found} is none that the step takes here" if found else ""


def _first(text: str, known: Iterable[str]) -> str:
    return next((char for char in text if char in known), "")


def _capitalised(text: str) -> str:
    first = text.partition(" ")[0]
    return first if first[:1].isupper() else ""


def _word_before(text: str, found: re.Match[str]) -> str:
    return text[: found.start()].rsplit(" ", maxsplit=1)[-1]


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


_KINDS: tuple[tuple[Callable[[str], str], Callable[[str], str]], ...] = (
    (_curly, lambda text: text.translate(str.maketrans(CURLY))),
    (_dash, lambda text: text.translate(str.maketrans(DASHES))),
    (_space, lambda text: re.sub(r"\s+", " ", text)),
    (_invisible, lambda text: re.sub(f"[{INVISIBLE}]", "", text)),
    (_end, lambda text: text[:-1].rstrip()),
    (_comment, lambda text: re.sub(r"\s+#.*", "", text)),
    (_capital, lambda text: text[:1].lower() + text[1:]),
    (_accent, _plain),
)
"""How each kind of slip is told, empty if there is none, and how it is mended."""
