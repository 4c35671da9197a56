"""Contracts from files: a dialect says in TOML how another server spells the same promises.

A file extends the built-in `trading`, or another file, and names only what differs. It may rename,
never loosen: what it does not mention is checked as strictly as before. What a server does not
offer at all is declared `missing`, with a reason.
"""

from driver.dialects.reading import (
    BUILT_IN,
    ENVIRONMENT_VARIABLE,
    TRADING,
    TRADING_TERMS,
    chosen_contract,
    read_contract,
    read_terms,
)
from driver.dialects.schema import schema
from driver.dialects.sources import DialectWrong

__all__ = [
    "BUILT_IN",
    "ENVIRONMENT_VARIABLE",
    "TRADING",
    "TRADING_TERMS",
    "DialectWrong",
    "chosen_contract",
    "read_contract",
    "read_terms",
    "schema",
]
