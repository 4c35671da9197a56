"""From a dialect file, and the files that it extends, to the terms of a contract."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from driver.contract import Contract, Terms
from driver.dialects.consistency import contradictions
from driver.dialects.mistakes import in_words
from driver.dialects.sources import DialectWrong, Key, Source

BUILT_IN = "trading"
ENVIRONMENT_VARIABLE = "TRADING_DIALECT"
_BUILT_IN_FILE = Path(__file__).with_name("trading.toml")
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_WHOLE = {"rejections", "disconnections"}
"""Tables whose entries are taken from one file whole, and not put together from several."""


def read_contract(dialect: str | Path, environ: Mapping[str, str] = os.environ) -> Contract:
    """The contract in a dialect: a file, or the built-in `trading`. Raises DialectWrong."""
    return Contract.of(read_terms(dialect, environ))


def chosen_contract(dialect: str | None, environ: Mapping[str, str] = os.environ) -> Contract:
    """The contract in the dialect that was asked for, or in that which the environment names."""
    named = dialect or environ.get(ENVIRONMENT_VARIABLE) or BUILT_IN
    return TRADING if named == BUILT_IN else read_contract(named, environ)


def read_terms(dialect: str | Path, environ: Mapping[str, str] = os.environ) -> Terms:
    """The terms of a dialect; `${NAME}` stands for a variable of `environ`.

    Raises DialectWrong with every mistake.
    """
    sources = _chain(dialect)
    content = _merged(sources)
    content.setdefault("name", "")
    content = _with_variables(content, (), sources, environ)
    try:
        terms = Terms.model_validate_json(json.dumps(content, default=str))
    except ValidationError as error:
        raise DialectWrong(
            *(f"{place_of(found['loc'], sources)}: {in_words(found)}" for found in error.errors())
        ) from None
    if found := contradictions(terms):
        raise DialectWrong(*(f"{place_of(key, sources)}: {what}" for key, what in found))
    return terms


def place_of(location: Sequence[int | str], sources: Sequence[Source]) -> str:
    """The file and line of a key: in the last file of the chain that has it, or its table."""
    key = tuple(map(str, location))
    for length in range(len(key), 0, -1):
        for source in reversed(sources):
            if key[:length] in source.lines:
                return source.place(key[:length])
    return sources[-1].file


def _chain(dialect: str | Path) -> list[Source]:
    """The files from the built-in one to the one that is asked for, each extending the former."""
    path = _file_of(dialect, Path())
    sources: list[Source] = []
    while True:
        if any(path == Path(each.file) for each in sources):
            raise DialectWrong(f"{sources[0].file}: {path} extends itself, by way of others.")
        source = Source.read(path)
        sources.insert(0, source)
        if path == _BUILT_IN_FILE:
            return sources
        extended = source.content.get("extends", BUILT_IN)
        if not isinstance(extended, str):
            raise DialectWrong(f"{source.place(('extends',))}: extends names another dialect.")
        path = _file_of(extended, path.parent)


def _file_of(dialect: str | Path, folder: Path) -> Path:
    return _BUILT_IN_FILE if str(dialect) == BUILT_IN else folder / dialect


def _merged(sources: Sequence[Source]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for source in sources:
        content = {name: value for name, value in source.content.items() if name != "extends"}
        missing = content.get("missing")
        if isinstance(missing, dict) and "problem_details" in missing:
            _forget_types(merged)
        merged = _over(merged, content, ())
    return merged


def _forget_types(content: dict[str, Any]) -> None:
    """Where there are no problem details, no reason has the type and words of another dialect."""
    for rule in content["rejections"].values():
        if isinstance(rule, dict):
            rule.pop("type", None)
            rule.pop("words", None)
    content["rejections"]["prefix"] = ""


def _over(base: Any, own: Any, key: Key) -> Any:
    whole = len(key) > 1 and key[0] in _WHOLE
    if whole or not isinstance(base, dict) or not isinstance(own, dict):
        return deepcopy(own)
    both = {name: _over(base[name], own[name], (*key, name)) for name in own if name in base}
    return {**base, **deepcopy(own), **both}


def _with_variables(
    value: Any, key: Key, sources: Sequence[Source], environ: Mapping[str, str]
) -> Any:
    if isinstance(value, dict):
        return {
            name: _with_variables(inner, (*key, name), sources, environ)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_variables(inner, key, sources, environ) for inner in value]
    if not isinstance(value, str):
        return value
    for name in _VARIABLE.findall(value):
        if name not in environ:
            raise DialectWrong(
                f"{place_of(key, sources)}: the environment has no variable {name}, "
                "which the dialect needs: set it."
            )
    return _VARIABLE.sub(lambda found: environ[found[1]], value)


TRADING_TERMS = read_terms(BUILT_IN)
"""The terms of the contract that this project publishes."""

TRADING = Contract.of(TRADING_TERMS)
"""The contract that this project publishes."""
