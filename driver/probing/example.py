"""An order that the server may accept: given, described by its OpenAPI document, or guessed."""

import re
import secrets
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from driver.probing.leaves import leaves, name_of

ROLES = {
    "reference": re.compile(r"client|reference|(^|_)ref$|tag$", re.IGNORECASE),
    "symbol": re.compile(r"symbol|pair|instrument|sto[c]?ks?|ticker|asset", re.IGNORECASE),
    "side": re.compile(r"side|direction|buysell", re.IGNORECASE),
    "quantity": re.compile(r"quantity|qty|amount|size|units|volume|lots", re.IGNORECASE),
}
REFERENCE = "REFERENCE"
"""In an order that is given, this stands for a reference of the client's own."""

_SYMBOL = re.compile("[A-Z]{3}[/_-]?[A-Z]{3}")
_VALUES = {"symbol": "EURUSD", "side": "BUY", "quantity": 5}
_SIDES = (("BUY", "SELL"), ("buy", "sell"), ("Buy", "Sell"), ("B", "S"), ("long", "short"))


@dataclass(frozen=True, slots=True)
class Example:
    """An order as it is sent, and by neutral names where its fields stand."""

    document: Mapping[str, Any]
    places: Mapping[str, str]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Example":
        """The example, with what its fields are by their names."""
        places: dict[str, str] = {}
        known = leaves(document)
        for path in sorted(known, key=lambda path: known[path] != REFERENCE):
            role = "reference" if known[path] == REFERENCE else role_of(name_of(path))
            if role is not None:
                places.setdefault(role, path)
        for path, value in known.items():
            if path not in places.values() and (meant := _role_by_value(value)) is not None:
                places.setdefault(meant, path)
        return cls(document, places)

    @property
    def fixed(self) -> dict[str, Any]:
        """What else has to be sent."""
        known = set(self.places.values())
        return {path: it for path, it in leaves(self.document).items() if path not in known}

    @property
    def sides(self) -> tuple[str, str] | None:
        """What BUY and SELL are called, as far as the example tells; None if it has none."""
        said = self.value("side")
        return next((pair for pair in _SIDES if said in pair), None)

    def value(self, role: str) -> Any:
        """What the example has there; None if it has no such field."""
        return leaves(self.document).get(self.places.get(role, ""))

    def with_value(self, role: str, value: object) -> "Example":
        """The same order, but for this field."""
        return self.with_leaf(self.places[role], value) if role in self.places else self

    def with_leaf(self, path: str, value: object) -> "Example":
        """The same order, but for what stands there."""
        changed = deepcopy(dict(self.document))
        inner: Any = changed
        *outer, last = path.split(".")
        for part in outer:
            inner = inner[part]
        inner[last] = value
        return Example(changed, self.places)

    def fresh(self) -> "Example":
        """The same order with a reference that none has had."""
        return self.with_value("reference", secrets.token_hex(8))


def _role_by_value(value: object) -> str | None:
    """Which field of an order a value is likely to be in."""
    if isinstance(value, str) and _SYMBOL.fullmatch(value):
        return "symbol"
    if any(value in pair for pair in _SIDES):
        return "side"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "quantity" if is_number else None


def role_of(name: str) -> str | None:
    """Which field of an order a name is likely to mean."""
    return next((role for role, form in ROLES.items() if form.search(name)), None)


def guesses() -> Iterator[Example]:
    """Orders as many servers want them."""
    for symbol, quantity in (("symbol", "quantity"), ("symbol", "qty"), ("stoks", "quantity")):
        for value in (5, "5"):
            order = {symbol: "EURUSD", quantity: value}
            for side in ("BUY", "buy"):
                yield Example.of({**order, "side": side})
            yield Example.of(order)


def described(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Example | None:
    """An order by the JSON Schema in an OpenAPI document; None if it has no quantity."""
    document = _instance(schema, whole, "")
    if not isinstance(document, dict):
        return None
    example = Example.of(document)
    return example if "quantity" in example.places else None


def resolved(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference within the document refers to."""
    while "$ref" in schema:
        found: Any = whole
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        schema = found
    return schema


def _instance(schema: Mapping[str, Any], whole: Mapping[str, Any], name: str) -> Any:
    schema = resolved(schema, whole)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _instance(_likeliest(schema[key], whole), whole, name)
    if "properties" in schema:
        return {
            each: _instance(inner, whole, each)
            for each, inner in schema["properties"].items()
            if each in schema.get("required", ()) or role_of(each) is not None
        }
    return _value(schema, name)


def _likeliest(choices: list[Mapping[str, Any]], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    every = [resolved(each, whole) for each in choices]
    return next((each for each in every if each.get("type") != "null"), {})


def _value(schema: Mapping[str, Any], name: str) -> Any:
    for key in ("const", "default", "example"):
        if schema.get(key) is not None:
            return schema[key]
    if schema.get("enum"):
        return schema["enum"][0]
    role = role_of(name)
    value: Any = secrets.token_hex(8) if role == "reference" else _VALUES.get(role or "", "x")
    return str(value) if schema.get("type") == "string" else value
