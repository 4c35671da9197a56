"""Faults: breaches that were built into what is tested, to see which scenarios notice them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A breach on purpose: its name, the sentence that it breaks, and who noticed.

    `noticed_by` has pytest's names of scenarios, `file::scenario`, without the values of a row.
    """

    name: str
    breaks: str
    noticed_by: frozenset[str]
