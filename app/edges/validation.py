"""Tells a client which rule each of its values breaks."""

from collections.abc import Sequence
from typing import Any

from app.domain import Rejection
from app.edges.problems import Violation

# A client that breaks hundreds of rules is told of the first ones.
_MAX_VIOLATIONS = 20

_SENTENCES = {
    "missing": "is required",
    "extra_forbidden": "is not known here",
    "model_type": "must be a JSON object",
    "string_unicode": "must have names of valid Unicode characters",
}


class Invalid(Rejection):
    """Values that break rules."""

    def __init__(self, subject: str, violations: Sequence[Violation]) -> None:
        first = violations[0]
        name = first.pointer.lstrip("/") or "body"
        super().__init__(f"The {subject} is invalid: {name} {first.detail}.")
        self.violations = violations


class InvalidOrder(Invalid):
    """At least one field of an order breaks a rule."""

    reason = "invalid-order"

    def __init__(self, errors: Sequence[Any]) -> None:
        violations = [_violation(json_pointer(error["loc"]), error) for error in errors]
        super().__init__("order", violations[:_MAX_VIOLATIONS])


class InvalidQuery(Invalid):
    """At least one query parameter breaks a rule."""

    reason = "invalid-query"

    def __init__(self, errors: Sequence[Any]) -> None:
        violations = [_violation(str(error["loc"][-1]), error) for error in errors]
        super().__init__("query", violations[:_MAX_VIOLATIONS])


def json_pointer(path: Sequence[object]) -> str:
    """RFC 6901; the empty path is the whole document."""
    escaped = (str(name).replace("~", "~0").replace("/", "~1") for name in path)
    return "".join(f"/{name}" for name in escaped)


def _violation(pointer: str, error: Any) -> Violation:
    broken_rule = error.get("ctx", {}).get("error")  # set when a rule of the domain rejected
    sentence = str(broken_rule) if broken_rule else _SENTENCES.get(error["type"], error["msg"])
    return Violation(pointer=pointer, detail=sentence)
