"""What the placeholders in a sentence accept, each kind beside its reader.

A module here that has `TYPES` adds them to the language: nothing else has to know of it.
"""

from importlib import import_module
from pkgutil import iter_modules

from bdd import PlaceholderType, Vocabulary

_MODULES = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
TYPES: list[PlaceholderType] = [
    kind for module in _MODULES for kind in getattr(module, "TYPES", ())
]

words = Vocabulary(*TYPES)
given, when, then, table = words.given, words.when, words.then, words.table

__all__ = ["TYPES", "given", "table", "then", "when", "words"]
