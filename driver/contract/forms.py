"""The promised forms of single values, each stricter than JSON."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from driver.contract.terms import Terms
from driver.vocabulary import Capability

QUANTITY = "quantity"
"""What pydantic calls the mistake of a quantity that is written in another way."""

_RFC3339_MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_PLAIN_DECIMAL = re.compile(r"(0|[1-9]\d*)(\.\d*[1-9])?")
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _microseconds(value: object) -> datetime:
    if not isinstance(value, str) or not _RFC3339_MICROSECONDS.fullmatch(value):
        raise ValueError("must be an RFC 3339 time in UTC with microseconds and Z")
    return datetime.fromisoformat(value)


def _rfc3339(value: object) -> datetime:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("must be an RFC 3339 time with an offset")
    return datetime.fromisoformat(value.upper()).astimezone(UTC)


def _epoch(unit: float) -> Any:
    def read(value: object) -> datetime:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise ValueError("must be a number")
        return datetime.fromtimestamp(value * unit, UTC)

    return read


_TIMES = {
    "microseconds": _microseconds,
    "rfc3339": _rfc3339,
    "epoch_seconds": _epoch(1),
    "epoch_milliseconds": _epoch(0.001),
}


def _plain_decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not _PLAIN_DECIMAL.fullmatch(value):
        raise PydanticCustomError(
            QUANTITY, "must be a string with a plain decimal, without trailing zeros"
        )
    return Decimal(value)


def _number(value: object) -> Decimal:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise PydanticCustomError(QUANTITY, "must be a number")
    number = Decimal(str(value))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _one_of(words: Mapping[Any, str]) -> Any:
    """The form of a word that stands for one of the mapping's keys."""
    meanings = {word: member for member, word in words.items()}

    def read(value: object) -> object:
        if not isinstance(value, str) or value not in meanings:
            raise ValueError(f"must be one of {', '.join(meanings)}")
        return meanings[value]

    return BeforeValidator(read)


def _word(words: Mapping[Any, str]) -> Any:
    return Annotated[type(next(iter(words))), _one_of(words)]


SENTENCE = Annotated[str, Field(pattern=r"\S")]
_ORDER_IDS = {
    "uuid": Annotated[str, Field(pattern=_UUID)],
    "integer": Annotated[int, Field(ge=0), AfterValidator(str)],
    "text": Annotated[str, Field(min_length=1)],
}


def _symbol(terms: Terms) -> Any:
    if terms.words.symbols:
        return Annotated[str, _one_of(terms.words.symbols)]
    ruled = Capability.SYMBOL_RULE not in terms.not_offered
    return Annotated[str, Field(pattern=r"^[A-Z]{6}$" if ruled else r"\S")]


def forms(terms: Terms) -> dict[str, Any]:
    """The form of each field of an order, an event or a hello, by its neutral name."""
    words, written = terms.words, terms.forms
    status = _word(words.statuses)
    instant = Annotated[datetime, BeforeValidator(_TIMES[written.time])]
    decimal = _number if written.quantity == "number" else _plain_decimal
    return {
        "order_id": _ORDER_IDS[written.order_id],
        "reference": Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")] | None,
        "symbol": _symbol(terms),
        "side": _word(words.sides),
        "quantity": Annotated[Decimal, BeforeValidator(decimal)],
        "status": status,
        "previous_status": status | None,
        "created_at": instant,
        "updated_at": instant,
        "occurred_at": instant,
        "sequence": Annotated[int, Field(ge=0)],
        "stream_id": Annotated[str, Field(min_length=1)],
    }


def event_forms(terms: Terms) -> dict[str, Any]:
    """The forms of the fields of an event, which may have words of its own for statuses."""
    status = _word(terms.words.event_statuses)
    first = Annotated[int, Field(ge=1)]
    return forms(terms) | {"status": status, "previous_status": status | None, "sequence": first}
