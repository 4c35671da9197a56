"""The promised forms of single values, each stricter than JSON."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field

from driver.contract.terms import Words

_RFC3339_MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_PLAIN_DECIMAL = re.compile(r"(0|[1-9]\d*)(\.\d*[1-9])?")
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

E = TypeVar("E", bound=Enum)


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not _RFC3339_MICROSECONDS.fullmatch(value):
        raise ValueError("must be an RFC 3339 time in UTC with microseconds and Z")
    return datetime.fromisoformat(value)


def _plain_decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not _PLAIN_DECIMAL.fullmatch(value):
        raise ValueError("must be a string with a plain decimal, without trailing zeros")
    return Decimal(value)


def _one_of(words: Mapping[E, str]) -> Any:
    """The form of a word that stands for one of the enum's members."""
    meanings = {word: member for member, word in words.items()}

    def read(value: object) -> E:
        if not isinstance(value, str) or value not in meanings:
            raise ValueError(f"must be one of {', '.join(meanings)}")
        return meanings[value]

    return Annotated[type(next(iter(words))), BeforeValidator(read)]


SENTENCE = Annotated[str, Field(pattern=r"\S")]


def forms(words: Words) -> dict[str, Any]:
    """The form of each field of an order, an event or a hello, by its neutral name."""
    status, instant = _one_of(words.statuses), Annotated[datetime, BeforeValidator(_instant)]
    return {
        "order_id": Annotated[str, Field(pattern=_UUID)],
        "reference": Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")] | None,
        "symbol": Annotated[str, Field(pattern=r"^[A-Z]{6}$")],
        "side": _one_of(words.sides),
        "quantity": Annotated[Decimal, BeforeValidator(_plain_decimal)],
        "status": status,
        "previous_status": status | None,
        "created_at": instant,
        "updated_at": instant,
        "occurred_at": instant,
        "sequence": Annotated[int, Field(ge=0)],
        "stream_id": Annotated[str, Field(min_length=1)],
    }
