"""Results of earlier runs, so that a run that was interrupted can go on."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from faults.mutation.mutants import Mutant
from faults.mutation.trials import Outcome, Result

_SETTLED = (Outcome.NOTICED, Outcome.NO_START)
"""What is not tried again. A survivor is: it may be noticed by a scenario that is new."""


class Kept:
    """A file with one result on each line, of mutants that are known by their module's text."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def forget(self) -> None:
        """Begins anew."""
        self._path.parent.mkdir(exist_ok=True)
        self._path.write_text("", encoding="utf-8")

    def add(self, result: Result) -> None:
        """Keeps a result."""
        row = {
            "mutant": _key(result.mutant),
            "change": result.mutant.change,
            "outcome": result.outcome,
            "scenario": result.scenario,
            "message": result.message,
            "seconds": result.seconds,
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def settled(self, mutants: Sequence[Mutant]) -> Iterator[Result]:
        """The results of those that need not be tried again."""
        rows = {row["mutant"]: row for row in self._rows() if row["outcome"] in _SETTLED}
        for mutant in mutants:
            if row := rows.get(_key(mutant)):
                outcome = Outcome(row["outcome"])
                yield Result(mutant, outcome, row["scenario"], row["message"], row["seconds"])

    def _rows(self) -> Iterator[dict[str, Any]]:
        if self._path.exists():
            yield from map(json.loads, self._path.read_text(encoding="utf-8").splitlines())


def _key(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.path}\n{mutant.source}".encode()).hexdigest()
