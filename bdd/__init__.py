"""Feature files as first-class tests: what step definitions need of it."""

from bdd.language.faults import Fault
from bdd.language.things import ANY_NAME, UNCOUNTED, Thing, story
from bdd.language.vocabulary import PlaceholderType, Vocabulary
from bdd.reporting.attaching import Mismatch, Rule, announce, attach, charge_run
from bdd.reporting.capabilities.lacking import not_offered

__all__ = [
    "ANY_NAME",
    "UNCOUNTED",
    "Fault",
    "Mismatch",
    "PlaceholderType",
    "Rule",
    "Thing",
    "Vocabulary",
    "announce",
    "attach",
    "charge_run",
    "not_offered",
    "story",
]
