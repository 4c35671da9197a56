"""Reads a request's body as JSON, with all that a hostile client may send in mind."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request

from app.domain import Rejection

MAX_BODY_BYTES = 64 * 1024


class MalformedJson(Rejection):
    """The body is not a JSON document."""

    reason = "malformed-json"


class BodyTooLarge(Rejection):
    """The body has more than 64 KiB."""

    reason = "body-too-large"

    def __init__(self) -> None:
        super().__init__(f"The body has more than {MAX_BODY_BYTES} bytes.")


async def read_json(request: Request) -> Any:
    """The body as JSON, whatever content type it claims; numbers as exact `Decimal`.

    Raises:
        BodyTooLarge: as soon as that is certain, the rest unread.
        MalformedJson: not UTF-8, not JSON (RFC 8259), an object that gives a name twice (which
            I-JSON, RFC 7493, forbids), nested too deeply, or broken off.
    """
    body = await _read(request)
    try:
        return _DECODER.decode(body.decode())
    except UnicodeDecodeError as error:
        raise MalformedJson(f"The body is not UTF-8 (at byte {error.start}).") from None
    except json.JSONDecodeError as error:
        raise MalformedJson(f"The body is not JSON: {error}.") from None
    except RecursionError:
        raise MalformedJson("The body is nested too deeply.") from None
    except InvalidOperation:
        raise MalformedJson("The body has a number beyond all bounds.") from None


async def _read(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise BodyTooLarge
    except ClientDisconnect:
        raise MalformedJson("The body broke off.") from None
    return bytes(body)


def _reject(constant: str) -> NoReturn:
    raise MalformedJson(f"The body is not JSON: {constant} is not a JSON value.")


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(members)
    if len(document) < len(members):
        raise MalformedJson("The body has an object that gives a name twice.")
    return document


_DECODER = json.JSONDecoder(
    parse_float=Decimal,
    parse_int=Decimal,
    parse_constant=_reject,
    object_pairs_hook=_object,
)
