"""Feature files as first-class tests: what step definitions need of it."""

from bdd.language.vocabulary import PlaceholderType, Vocabulary
from bdd.reporting.evidence import Mismatch, announce, attach

__all__ = ["Mismatch", "PlaceholderType", "Vocabulary", "announce", "attach"]
