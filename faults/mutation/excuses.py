"""Mutants that no client can tell from the right server, and why."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from faults.mutation.mutants import Mutant

_FILE = Path(__file__).with_name("excuses.toml")


@dataclass(frozen=True, slots=True)
class Excuse:
    """A regular expression that is searched for in a mutant's `change`, and a reason."""

    change: re.Pattern[str]
    reason: str


@cache
def excuses() -> tuple[Excuse, ...]:
    """All excuses of `excuses.toml`."""
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Excuse(re.compile(each["change"], re.MULTILINE), each["reason"])
        for each in document["excuse"]
    )


def excuse_of(mutant: Mutant) -> str:
    """Why nobody outside can tell the mutant from the right server; empty if somebody can."""
    return next((each.reason for each in excuses() if each.change.search(mutant.change)), "")
