"""JSON with all that a reader usually drops: how numbers are written, and names given twice."""

import json
from typing import Any


class Number(str):
    """A number, NaN or Infinity, as it is written."""

    __slots__ = ()


class Members(list[tuple[str, Any]]):
    """The members of an object in their order, also those whose name is given twice."""

    def first(self, name: str) -> Any:
        """The value of the first member with this name; None if there is none."""
        return next((value for known, value in self if known == name), None)


def parse(text: str) -> Any:
    """The document. Raises ValueError for what is no JSON, RecursionError if it is too deep."""
    return _DECODER.decode(text)


def written(value: Any) -> str:
    """The document as text, as short as can be."""
    if isinstance(value, Number):
        return value
    if isinstance(value, Members):
        members = (f"{json.dumps(name)}:{written(each)}" for name, each in value)
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value)


_DECODER = json.JSONDecoder(
    parse_float=Number, parse_int=Number, parse_constant=Number, object_pairs_hook=Members
)
