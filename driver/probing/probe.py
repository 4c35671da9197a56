"""From a running server to a first dialect file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from driver.contract import Contract
from driver.dialects import TRADING, DialectWrong, read_contract
from driver.lacking import found_after_all
from driver.probing.findings import Findings
from driver.probing.seen import Hints, look
from driver.probing.talk import SECONDS, Caller
from driver.probing.writing import Draft, as_toml

_TRIED = (
    "strict_fields",
    "strict_queries",
    "symbol_rule",
    "quantity_rule",
    "fractions",
    "filters",
    "location",
    "unsupported",
    "origin_check",
    "body_limit",
    "replay",
)
"""What the server is asked for as if it offered it."""


def probe(caller: Caller, hints: Hints, name: str) -> str:
    """The text of a dialect that `read_contract` accepts.

    Places some orders on the server. Raises ServerUnreachable, AnswerOverdue, ApiKeyNeeded or
    ProbeFailed.
    """
    draft = Findings(look(caller, hints), TRADING.terms).all()
    for header in caller.given:
        draft.say("headers", **{header: f"${{{_variable(header)}}}"})
        draft.remark("headers", f"give it as the environment variable {_variable(header)}.")
    undecided = [each for each in _TRIED if each not in draft.missing]
    draft.missing.update(dict.fromkeys(undecided, "the probe found none"))
    contract = _contract(caller, draft, name)
    keyed = contract.with_key(caller.key) if caller.key else contract
    there = {each.key for each in found_after_all(caller.base_url, keyed, SECONDS)}
    for key in there:
        draft.missing.pop(key, None)
    _contract(caller, draft, name)
    return _text(caller, draft, name)


def _text(caller: Caller, draft: Draft, name: str) -> str:
    return as_toml(name, caller.base_url, draft, TRADING.terms.model_dump(mode="json"))


def _contract(caller: Caller, draft: Draft, name: str) -> Contract:
    """The contract of the draft, in which reasons that look alike are said to do so."""
    try:
        return _read(caller, _text(caller, draft, name))
    except DialectWrong as wrong:
        if "look alike" not in str(wrong):
            raise
        draft.missing["distinct_reasons"] = "the probe could not tell some reasons apart"
        return _read(caller, _text(caller, draft, name))


def _read(caller: Caller, text: str) -> Contract:
    environ = {_variable(name): value for name, value in caller.given.items()}
    with TemporaryDirectory() as folder:
        file = Path(folder, "probed.toml")
        file.write_text(text, encoding="utf-8")
        return read_contract(file, environ)


def _variable(header: str) -> str:
    """The environment variable that has a header's value, which is not for a file."""
    return header.upper().replace("-", "_")
