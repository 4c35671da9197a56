"""Servers that accept what must be rejected, or fail on it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, PlainValidator, ValidationError, create_model
from starlette.requests import Request

from app.domain import Side
from app.domain.rules import (
    MAX_QUANTITY,
    QUANTITY_STEP,
    read_client_order_id,
    read_quantity,
    read_side,
    read_symbol,
)
from app.edges.json_body import read_json
from app.edges.messages import OrderRequest
from app.edges.orders import OrdersApi
from app.edges.validation import InvalidOrder
from app.wiring import Parts
from faults.fault import OWN_PLACING, PLACED, Fault


def _zero_allowed(value: object) -> Decimal:
    return Decimal(0) if value == 0 and not isinstance(value, bool) else read_quantity(value)


def _sign_of_text_unchecked(value: object) -> Decimal:
    return read_quantity(value.removeprefix("-") if isinstance(value, str) else value)


def _limit_on_whole_part(value: object) -> Decimal:
    is_limit = isinstance(value, Decimal) and MAX_QUANTITY <= value < MAX_QUANTITY + 1
    return MAX_QUANTITY if is_limit else read_quantity(value)


def _rounded(value: object) -> Decimal:
    if isinstance(value, Decimal) and 0 < value < MAX_QUANTITY:
        return value.quantize(QUANTITY_STEP)
    return read_quantity(value)


def _true_is_one(value: object) -> Decimal:
    return read_quantity(Decimal(value) if isinstance(value, bool) else value)


def _infinity_allowed(value: object) -> Decimal:
    return Decimal(value) if value == "Infinity" else read_quantity(value)


def _symbol_stripped(value: object) -> str:
    return read_symbol(value.strip() if isinstance(value, str) else value)


def _symbol_echoed(value: object) -> str:
    try:
        return read_symbol(value)
    except ValueError as error:
        raise ValueError(f"{error}, not {value}") from None


def _side_in_any_case(value: object) -> Side:
    if not isinstance(value, str) or value.upper() not in Side.__members__:
        raise ValueError("must be BUY or SELL")
    return Side[value.upper()]


def _reference_cut_to_64(value: object) -> str | None:
    return read_client_order_id(value[:64] if isinstance(value, str) else value)


def _empty_reference_is_none(value: object) -> str | None:
    return read_client_order_id(None if value == "" else value)


def _reference_of_two_or_more(value: object) -> str | None:
    return read_client_order_id("" if isinstance(value, str) and len(value) == 1 else value)


def _exponent_rejected(value: object) -> Decimal:
    has_exponent = isinstance(value, Decimal) and "E" in str(value)
    return read_quantity(str(value) if has_exponent else value)


class _UnknownFieldsIgnored(OrderRequest):
    model_config = ConfigDict(extra="ignore")


class _FirstProblemOnly(OrdersApi):
    async def read_order(self, request: Request) -> OrderRequest:
        document = await read_json(request)
        try:
            return OrderRequest.model_validate(document)
        except ValidationError as error:
            raise InvalidOrder(error.errors()[:1]) from None


def _reading(field: str, read: Callable[[object], object], default: Any = ...) -> Parts:
    """A server that reads one field of an order in another way."""
    fields: dict[str, Any] = {field: (Annotated[Any, PlainValidator(read)], default)}
    return Parts(order_request=create_model("LaxRequest", __base__=OrderRequest, **fields))


def _accepts(name: str, breaks: str, about: str, rule: str, parts: Parts) -> Fault:
    scenario = about if ": " in about else f"order_validation: {about}"
    return Fault(name, breaks, (scenario,), rule, parts, selection=PLACED)


FAULTS = (
    _accepts(
        "quantity-of-zero-accepted",
        "A quantity is greater than 0.",
        "A quantity of <value> is rejected … value=0,",
        "Order validation: The quantity is greater than 0",
        _reading("quantity", _zero_allowed),
    ),
    _accepts(
        "sign-of-quoted-quantity-lost",
        "A quantity is greater than 0, whether it is sent as a number or as text.",
        'A quantity of <value> is rejected … value="-0.5"',
        "Order validation: The quantity is greater than 0",
        _reading("quantity", _sign_of_text_unchecked),
    ),
    _accepts(
        "quantity-a-little-too-large-accepted",
        "A quantity is at most 1000000000.",
        "A quantity of <value> is rejected … value=1000000000.00000001",
        "Order validation: The quantity is greater than 0",
        _reading("quantity", _limit_on_whole_part),
    ),
    _accepts(
        "ninth-decimal-rounded",
        "A quantity has at most 8 decimal places.",
        "A quantity of <value> is rejected … value=0.000000001",
        "Order validation: The quantity is greater than 0",
        _reading("quantity", _rounded),
    ),
    _accepts(
        "true-counts-as-one",
        "A quantity is not a Boolean.",
        "malformed_requests: A quantity that is <value> is rejected … value=true",
        "Robust against malformed requests: A field value of the wrong data type is rejected",
        _reading("quantity", _true_is_one),
    ),
    _accepts(
        "infinity-stored",
        "Infinity is not a quantity, and no input breaks later lists.",
        'malformed_requests: A quantity that is <value> is rejected … value="Infinity"',
        "Robust against malformed requests: A field value of the wrong data type is rejected",
        _reading("quantity", _infinity_allowed),
    ),
    _accepts(
        "symbol-with-a-space-accepted",
        "A symbol is six capital letters and nothing else.",
        'A symbol of <value> is rejected … value="EURUSD "',
        "Order validation: The symbol is six capital letters",
        _reading("symbol", _symbol_stripped),
    ),
    _accepts(
        "half-a-character-breaks-the-answer",
        "No input gives a 500.",
        "malformed_requests: A symbol that is <value> is rejected … value=an invalid character",
        "Robust against malformed requests: A field value of the wrong data type is rejected",
        _reading("symbol", _symbol_echoed),
    ),
    _accepts(
        "side-in-lower-case-accepted",
        "A side is BUY or SELL.",
        'A side of <value> is rejected … value="buy"',
        "Order validation: The side is BUY or SELL",
        _reading("side", _side_in_any_case),
    ),
    _accepts(
        "missing-side-buys",
        "A missing side is rejected.",
        "An order without a <field> is rejected … field=side",
        "Order validation: Symbol, side and quantity are required",
        _reading("side", read_side, default=Side.BUY),
    ),
    _accepts(
        "long-reference-cut",
        "A reference has at most 64 characters.",
        'A reference of <value> is rejected … value="A" repeated 65 times',
        "Order validation: The reference is 1 to 64",
        _reading("client_order_id", _reference_cut_to_64, None),
    ),
    _accepts(
        "empty-reference-is-none",
        "A reference has at least 1 character.",
        'A reference of <value> is rejected … value=""',
        "Order validation: The reference is 1 to 64",
        _reading("client_order_id", _empty_reference_is_none, None),
    ),
    Fault(
        "reference-of-one-rejected",
        breaks="A reference may have a single character.",
        about=("order_validation: The shortest reference has one character",),
        rule="Order validation: The reference is 1 to 64",
        parts=_reading("client_order_id", _reference_of_two_or_more, None),
        selection=OWN_PLACING,
    ),
    _accepts(
        "exponent-rejected",
        "A quantity may be any JSON number, including one with an exponent.",
        "A quantity of <sent> is shown plainly … sent=1e2",
        "Order validation: The quantity is greater than 0",
        _reading("quantity", _exponent_rejected),
    ),
    _accepts(
        "unknown-fields-ignored",
        "Unknown fields are rejected.",
        "An order with a colour is rejected",
        "Order validation: An order with an unknown field is rejected",
        Parts(order_request=_UnknownFieldsIgnored),
    ),
    _accepts(
        "first-problem-only",
        "A rejection lists every invalid field.",
        "placing_orders: An order with three invalid fields is rejected because of all three",
        "Placing orders: A rejection lists every invalid field",
        Parts(orders_api=_FirstProblemOnly),
    ),
)
