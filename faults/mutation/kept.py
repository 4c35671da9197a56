"""Results of earlier runs, so that a long run can be made in pieces."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from faults.mutation.mutants import Mutant
from faults.mutation.trials import NOT_NOTICED, Outcome, Result
from faults.trial import ROOT


def features_now() -> str:
    """Tells one text of all features from another."""
    texts = (file.read_bytes() for file in sorted(ROOT.glob("features/*.feature")))
    return hashlib.sha256(b"".join(texts)).hexdigest()


class Kept:
    """A file with one result on each line, of mutants that are known by their module's text.

    What was not noticed counts as long as the features are the same: a new scenario may notice it.
    """

    def __init__(self, path: Path, features: str) -> None:
        self._path = path
        self._features = features

    def forget(self) -> None:
        """Begins anew."""
        self._path.parent.mkdir(exist_ok=True)
        self._path.write_text("", encoding="utf-8")

    def add(self, result: Result, *, by_all: bool) -> None:
        """Keeps a result; `by_all` says whether all scenarios were asked, if need be."""
        row = {
            "mutant": _key(result.mutant),
            "change": result.mutant.change,
            "outcome": result.outcome,
            "scenario": result.scenario,
            "message": result.message,
            "seconds": result.seconds,
            "features": self._features,
            "by_all": by_all,
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def results(self, mutants: Sequence[Mutant]) -> Iterator[tuple[Result, bool]]:
        """What still counts of these, and whether it is final.

        What only the likely scenarios did not notice is not.
        """
        rows = {row["mutant"]: row for row in self._rows() if self._counts(row)}
        for mutant in mutants:
            if row := rows.get(_key(mutant)):
                outcome = Outcome(row["outcome"])
                result = Result(mutant, outcome, row["scenario"], row["message"], row["seconds"])
                yield result, outcome not in NOT_NOTICED or row["by_all"]

    def _counts(self, row: dict[str, Any]) -> bool:
        return row["outcome"] not in NOT_NOTICED or row["features"] == self._features

    def _rows(self) -> Iterator[dict[str, Any]]:
        if self._path.exists():
            yield from map(json.loads, self._path.read_text(encoding="utf-8").splitlines())


def _key(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.path}\n{mutant.source}".encode()).hexdigest()
