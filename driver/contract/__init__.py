"""How a server spells what it promises, as one value: paths, field names, codes and status words.

Nothing else in the suite knows these spellings; whoever speaks to a server is handed a `Contract`.
"""

from driver.contract.contract import Contract
from driver.contract.disconnections import DisconnectionRule
from driver.contract.http import HttpAnswer, HttpRequest
from driver.contract.published import TRADING, TRADING_TERMS
from driver.contract.terms import (
    Endpoint,
    Endpoints,
    Fields,
    RejectionRule,
    Rejections,
    Terms,
    Words,
)

__all__ = [
    "TRADING",
    "TRADING_TERMS",
    "Contract",
    "DisconnectionRule",
    "Endpoint",
    "Endpoints",
    "Fields",
    "HttpAnswer",
    "HttpRequest",
    "RejectionRule",
    "Rejections",
    "Terms",
    "Words",
]
