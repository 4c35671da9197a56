"""What is wrong with a dialect file, in one sentence."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from driver.contract import Terms

_CORE = {"place", "view", "list", "cancel", "subscribe", "pending", "silence", "delays", "burst"}


def in_words(found: ErrorDetails) -> str:
    """One sentence for what pydantic found."""
    key = ".".join(str(part) for part in found["loc"])
    *table, name = (str(part) for part in found["loc"])
    if found["type"] == "extra_forbidden":
        return _unknown(table, name)
    if found["type"] == "missing":
        return f"{key} is missing."
    what = found["msg"].replace("Input should", "it should")
    return f"{key} = {found['input']!r} cannot be: {what}."


def _unknown(table: list[str], name: str) -> str:
    if table == ["missing"] and name in _CORE:
        return f"missing.{name}: every server must offer this, so it cannot be declared missing."
    known = _keys_of(table)
    near = get_close_matches(name, known, n=1) or get_close_matches(name.lower(), known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
    where = f" in [{'.'.join(table)}]" if table else ""
    return f"There is no {name}{where}; {meant}"


def _keys_of(table: list[str]) -> list[str]:
    model: Any = Terms
    for part in table:
        field = model.model_fields.get(part) if _is_form(model) else None
        if field is None:
            return []
        model = field.annotation
    extends = [] if table else ["extends"]
    return [*extends, *model.model_fields] if _is_form(model) else []


def _is_form(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel)
