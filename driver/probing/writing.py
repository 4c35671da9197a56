"""A dialect file: what differs from the built-in dialect, and comments on what is not known."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_WHOLE = {"rejections"}
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass
class Draft:
    """The tables of a dialect, and what is to be said beside them."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)
    remarks: dict[str, list[str]] = field(default_factory=dict)

    def say(self, table: str, **values: Any) -> None:
        """Writes these keys into the table."""
        self.tables.setdefault(table, {}).update(values)

    def remark(self, table: str, sentence: str) -> None:
        """Says something above the table."""
        self.tables.setdefault(table, {})
        self.remarks.setdefault(table, []).append(sentence)


def as_toml(name: str, base_url: str, draft: Draft, built_in: Mapping[str, Any]) -> str:
    """The text of the file; what is spelled as in the built-in dialect is left out."""
    lines = [
        f"# A first dialect of the server at {base_url}, told by one order's life:",
        "# look through it, and let `python -m driver check` and the features find the rest.",
        f"name = {_value(name)}",
    ]
    for table, values in draft.tables.items():
        new = _different(values, built_in.get(table), whole=table in _WHOLE)
        lines += _table(table, new, draft.remarks.get(table, []))
    lines += _missing(draft)
    return "\n".join(lines) + "\n"


def _table(name: str, values: Mapping[str, Any], remarks: Sequence[str]) -> Iterator[str]:
    if not values and not remarks:
        return
    yield ""
    if values:
        yield f"[{name}]"
    yield from (f"# {sentence}" for sentence in remarks)
    yield from (f"{_key(key)} = {_value(value)}" for key, value in values.items())


def _missing(draft: Draft) -> Iterator[str]:
    yield from ("", "[missing]  # what the probe did not find; say why in words of your own")
    yield from (f"{key} = {_value(why)}" for key, why in draft.missing.items())
    if draft.untold:
        yield "# It could not tell whether the server has these, so they are asked for:"
        yield from (f'# {key} = "why it has none"' for key in draft.untold)


def _different(values: Mapping[str, Any], built_in: Any, *, whole: bool) -> dict[str, Any]:
    """What the built-in table does not say already; `whole` tables have entries of one piece."""
    known = built_in if isinstance(built_in, dict) else {}
    found: dict[str, Any] = {}
    for key, value in values.items():
        told = known.get(key)
        if isinstance(value, dict) and isinstance(told, dict):
            new = {name: it for name, it in value.items() if told.get(name) != it}
            found |= {key: value if whole else new} if new else {}
        elif key not in known or value != told:
            found[key] = value
    return found


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
