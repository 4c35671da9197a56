"""Feature files as first-class tests: what step definitions need of it."""

from bdd.evidence import Mismatch, announce, attach
from bdd.vocabulary import PlaceholderType, Vocabulary

__all__ = ["Mismatch", "PlaceholderType", "Vocabulary", "announce", "attach"]
