"""Mutants that no client can tell from the right server, and why."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from faults.mutation.mutants import Mutant

FILE = Path(__file__).with_name("excuses.toml")


class NoSuchMutant(ValueError):
    """An excuse is about a change that the tool does not make: the source has changed."""


@cache
def _document() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def excuses() -> Mapping[str, str]:
    """The reasons of `excuses.toml`, each by the `change` of its mutant.

    Every entry names one module, one function and the very lines that are changed.
    """
    return {
        f"{each['module']}, {each['function']}\n{lines.strip()}": each["reason"]
        for each in _document()["excuse"]
        for lines in each["changes"]
    }


def _unpromised() -> Mapping[str, str]:
    reasons: Mapping[str, str] = _document()["unpromised"]
    return reasons


def excuse_of(mutant: Mutant) -> str:
    """Why nobody outside can tell the mutant from the right server; empty if somebody can."""
    return excuses().get(mutant.change, "") or _unpromised().get(mutant.path, "")


def require_all_used(mutants: Sequence[Mutant]) -> None:
    """Raises NoSuchMutant for an excuse that is not about one of these, which are all there are."""
    places = {change.partition("\n")[0] for change in excuses()}
    changes = {each.change for each in mutants if each.place in places}
    for change in excuses():
        if change not in changes:
            raise NoSuchMutant(
                f"{FILE.name} excuses a mutant that does not exist; take it out, or say what the "
                f"change is now:\n{change}"
            )
    for path in _unpromised().keys() - {each.path for each in mutants}:
        raise NoSuchMutant(f"{FILE.name}: there is no mutant of {path}; take it out")
