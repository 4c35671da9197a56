"""Values of the fields of an order, of any kind, and the fields themselves."""

import re
import secrets

from bdd import PlaceholderType
from driver import Unquoted
from step_defs.phrases.numbers import NUMBER
from step_defs.phrases.reading import THE_REST
from step_defs.world.drafts import MISSING

WORDS: dict[str, object] = {
    "missing": MISSING,
    "true": True,
    "false": False,
    "null": None,
    "an empty list": [],
    "an empty object": {},
    "an invalid character": "\ud800",
}
_UNIQUE = re.compile(r'(\d+) random characters?(?: starting with "(.*)")?')
_REPEATED = re.compile(r'"(.*)" repeated (\d+) times')
_NUMBER = re.compile(f"{NUMBER}|-?Infinity|NaN")


def read_value(text: str) -> object:
    """The value that a feature writes as `text`.

    `"quoted"` is text, `"A" repeated 3 times` is longer text, `20 random characters` and
    `20 random characters starting with "A"` are text that nobody else uses. Numbers, NaN and
    Infinity are sent as written. The words of `WORDS` stand for other values.
    Raises ValueError for anything else, with what was probably meant.
    """
    if text in WORDS:
        return WORDS[text]
    if repeated := _REPEATED.fullmatch(text):
        return repeated[1] * int(repeated[2])
    if unique := _UNIQUE.fullmatch(text):
        return _unique_text(unique[2] or "", unique[1])
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    if _NUMBER.fullmatch(text):
        return Unquoted(text)
    quoted = '"' + text.strip('"') + '"'
    raise ValueError(f"text stands in quotes, {quoted}; without them only numbers and a few words")


def _unique_text(start: str, length: str) -> str:
    return (start + secrets.token_hex(int(length)))[: int(length)]


TYPES = (
    PlaceholderType(
        "Value",
        read_value,
        THE_REST,
        '"ten"',
        'a number, "text" in quotes, "A" repeated 3 times, 20 random characters, '
        + ", ".join(WORDS),
    ),
    PlaceholderType(
        "Field",
        str,
        "[a-z/~]+",
        "quantity",
        "symbol, side, quantity, reference, or a field that no order has",
    ),
)
