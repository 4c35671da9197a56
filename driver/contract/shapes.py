"""Models of JSON objects whose fields may stand deeper than at the top, and are all known.

A shape is made from paths such as `data.order.id`; what it reads is flat, by neutral names.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

STRICT = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)
_IGNORED = "ignored"


def shape(
    title: str, form: Mapping[str, Any], paths: Mapping[str, str], ignored: Sequence[str] = ()
) -> Any:
    """A model with the field of each neutral name at its path; what is `ignored` may be there."""
    known = {name: (form[name], path) for name, path in paths.items()}
    loose = {f"{_IGNORED}{number}": (Any, path) for number, path in enumerate(ignored)}
    return _object(title, known | loose)


def _object(title: str, fields: Mapping[str, tuple[Any, str]]) -> Any:
    members: dict[str, Any] = {}
    deeper: dict[str, dict[str, tuple[Any, str]]] = defaultdict(dict)
    for name, (kind, path) in fields.items():
        first, _, rest = path.partition(".")
        if rest:
            deeper[first][name] = (kind, rest)
        else:
            default = None if name.startswith(_IGNORED) else ...
            members[name] = (kind, Field(default, alias=first))
    for number, (first, inner) in enumerate(deeper.items()):
        members[f"inner{number}"] = _inner(f"{title}.{first}", first, inner)
    return create_model(title, __config__=STRICT, **members)


def _inner(title: str, first: str, fields: Mapping[str, tuple[Any, str]]) -> tuple[Any, Any]:
    model = _object(title, fields)
    if all(name.startswith(_IGNORED) for name in fields):
        return (model | None, Field(alias=first, default=None))
    return (model, Field(alias=first))


def flat(body: BaseModel) -> dict[str, Any]:
    """What was read, by neutral names, wherever it stood."""
    values: dict[str, Any] = {}
    for name, value in vars(body).items():
        if isinstance(value, BaseModel) and name.startswith("inner"):
            values |= flat(value)
        elif not name.startswith((_IGNORED, "inner")):
            values[name] = value
    return values


def found_at(path: str, document: object) -> object:
    """What stands at a path in a JSON document; None if nothing does."""
    for part in path.split(".") if path else ():
        document = document.get(part) if isinstance(document, dict) else None
    return document


def nested(members: Mapping[str, object]) -> dict[str, Any]:
    """Members by their paths, put into objects within objects."""
    whole: dict[str, Any] = {}
    for path, value in members.items():
        *outer, last = path.split(".")
        place = whole
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = value
    return whole
