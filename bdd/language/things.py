"""What the steps of a scenario bring into it and count on, as far as their words tell.

A placeholder type says what its values count on, such as an order that has a name; a step function
says with `story` what it brings, and what else it needs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bdd.language.tables import Decorator, Function

ANY_NAME = "*"
"""The name of a thing that may be any of its kind."""

UNCOUNTED = 1_000_000
"""The count of things that only a run can count."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a scenario, such as the order A, an answer, twenty measured times.

    `brought` says what a step does that brings it: `cancels an order`. With `latest`, bringing one
    takes away all others of its kind. `count` things are brought, or needed. A `unique` one may be
    brought once: later steps could not tell it from another of its name.
    """

    kind: str
    brought: str
    name: str = ""
    count: int = 1
    latest: bool = False
    unique: bool = False

    def serves(self, need: "Thing") -> bool:
        """Whether who needs the other thing can do with this one."""
        return self.kind == need.kind and (not need.name or self.name in (need.name, ANY_NAME))


Things = Callable[..., Iterable[Thing]]
"""Things by the values of a step, which it takes as `**values`, by the names of placeholders."""


@dataclass(frozen=True, slots=True)
class Story:
    """What a step function needs before it, and what it brings."""

    needs: Things = lambda **_: ()
    gives: Things = lambda **_: ()


def story(*, needs: Things = Story().needs, gives: Things = Story().gives) -> Decorator:
    """Says of a step function what it needs, and what it brings into the scenario."""

    def decorate(function: Function) -> Function:
        function.story = Story(needs, gives)  # type: ignore[attr-defined]
        return function

    return decorate


def story_of(function: Callable[..., object]) -> Story:
    """What the step function says that it needs and brings: nothing, if it says nothing."""
    told = getattr(function, "story", None)
    return told if isinstance(told, Story) else Story()
