"""What is wrong in a feature file, told to the person who wrote it."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One mistake: where, what, the text that was read, what was probably meant, what to do.

    `frame` is how a programmer would begin what is missing.
    """

    line: int
    what: str
    read: str
    do: str
    meant: str = ""
    frame: str = ""

    def told(self, path: str) -> str:
        """The problem as a paragraph that begins with `file:line`."""
        do = f"{self.do}:\n{self.frame}" if self.frame else self.do
        parts = (("read", self.read), ("meant", self.meant), ("do", do))
        lines = [_labelled(label, text) for label, text in parts if text]
        return "\n".join([f"{path}:{self.line}: {self.what}", *lines])


def tell(path: str, problems: Iterable[Problem]) -> str:
    """All problems of a file, each once, in the order of its lines."""
    ordered = sorted(set(problems), key=lambda problem: (problem.line, problem.what))
    return "\n\n".join(problem.told(path) for problem in ordered)


def shown(path: Path, root: Path) -> str:
    """The path as people know it: relative to the project if it lies inside, with `/`."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def plural(count: int, noun: str) -> str:
    """The count with its noun: `1 scenario`, `2 scenarios`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _labelled(label: str, text: str) -> str:
    return f"    {label + ':':7}" + textwrap.indent(text, " " * 11).lstrip(" ")
