"""Feature files as first-class tests: what step definitions need of it."""

from bdd.language.faults import Fault
from bdd.language.vocabulary import PlaceholderType, Vocabulary
from bdd.reporting.evidence import Mismatch, Rule, announce, attach, charge_run

__all__ = [
    "Fault",
    "Mismatch",
    "PlaceholderType",
    "Rule",
    "Vocabulary",
    "announce",
    "attach",
    "charge_run",
]
