"""How a server spells what it promises, as one value: paths, field names, codes and status words.

Nothing else in the suite knows these spellings; whoever speaks to a server is handed a `Contract`.
`driver.dialects` reads one from a file.
"""

from driver.contract.contract import Contract
from driver.contract.fields import Form
from driver.contract.http import HttpAnswer, HttpRequest
from driver.contract.terms import Terms

__all__ = ["Contract", "Form", "HttpAnswer", "HttpRequest", "Terms"]
