"""Puts a server that speaks the project's contract behind another dialect.

What is right is translated to what is right in the other dialect, and what is wrong to what is
wrong there: names, words and codes that mean nothing change places with those that they could be
taken for. What is no JSON, and all that the dialect says nothing of, passes as it is.
"""

from faults.translating.middleware import Translator
from faults.translating.suitable import Unsuitable, read_dialect
from faults.translating.translation import Translation

__all__ = ["Translation", "Translator", "Unsuitable", "read_dialect"]
