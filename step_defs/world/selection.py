"""Which of a scenario's orders a step refers to."""

from dataclasses import dataclass
from enum import StrEnum


class Which(StrEnum):
    """Orders that a step refers to without a name."""

    LATEST = "the order"
    FIRST = "the first order"
    EVERY = "every order"
    ALL = "all orders"


@dataclass(frozen=True, slots=True)
class Selection:
    """Orders of a scenario: those called `names`, or else `which`."""

    which: Which | None
    names: tuple[str, ...] = ()


NEVER_EXISTED = Selection(None)
"""An order that the server does not have."""

Target = Selection | str
"""Orders of the scenario, or an order ID as it is sent to the server."""


class Subject(StrEnum):
    """What can be accepted or rejected."""

    ORDER = "order"
    REQUEST = "request"
    CANCEL = "cancel"


class Times(StrEnum):
    """What takes the promised delay."""

    ANSWER = "response"
    EXECUTION = "execution"
