"""What is right stays right in the other dialect, and what is wrong stays wrong."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from driver import TRADING, Contract, ContractViolation, Hello, OrderStatus, Side
from driver.contract import HttpAnswer
from driver.messages import Order, Rejection
from driver.vocabulary import Capability, Reason
from faults.translating import Translation, Unsuitable, read_dialect
from faults.translating.json_text import parse, written
from faults.translating.routes import Call
from faults.translating.spelling import Swap
from faults.translating.translation import Reply

ROOT = Path(__file__).parents[2]
TERMS = read_dialect(ROOT / "dialects" / "renamed.toml")
RENAMED = Contract.of(TERMS)
TRANSLATION = Translation(TERMS)

ORDER = {
    "orderId": "0b0e7f0e-6f0b-4c39-9d7c-9d6f3f6b8a11",
    "clientOrderId": None,
    "symbol": "EURUSD",
    "side": "SELL",
    "quantity": "0.5",
    "orderStatus": "PENDING",
    "createdAt": "2026-01-02T03:04:05.000006Z",
    "updatedAt": "2026-01-02T03:04:05.000006Z",
}
EVENT = {
    "type": "orderStatus",
    "sequence": 3,
    "orderId": ORDER["orderId"],
    "clientOrderId": None,
    "orderStatus": "EXECUTED",
    "previousStatus": "PENDING",
    "occurredAt": "2026-01-02T03:04:05.000006Z",
}
PROBLEM = {
    "type": "/problems/too-late-to-cancel",
    "title": "Too late",
    "status": 409,
    "detail": "The order has been executed.",
    "orderId": ORDER["orderId"],
    "orderStatus": "EXECUTED",
}


def answer(call: Call, code: int, document: object, media_type: str) -> HttpAnswer:
    reply = TRANSLATION.reply(call, Reply(code, json.dumps(document).encode()))
    return HttpAnswer("The answer", reply.code, {"Content-Type": media_type}, reply.body)


def viewed(document: object, code: int = 200) -> Order | Rejection:
    return RENAMED.answers.viewed(answer(Call.VIEW, code, document, "application/json"))


def rejected(document: object, code: int = 409) -> Rejection:
    told = answer(Call.CANCEL, code, document, "application/problem+json")
    outcome = RENAMED.answers.cancelled(told, str(ORDER["orderId"]))
    assert outcome is not None
    return outcome


def test_everything_is_offered_and_no_value_has_a_looser_form() -> None:
    assert not TERMS.not_offered
    assert TERMS.forms == TRADING.terms.forms


@pytest.mark.parametrize("table", ["draft", "filters", "order", "page", "hello", "event"])
def test_no_name_is_the_same_on_both_sides(table: str) -> None:
    ours, theirs = getattr(TRADING.terms, table), getattr(TERMS, table)
    same = {name for name, spelled in ours if spelled and getattr(theirs, name) == spelled}
    assert same <= {"form", "ignored", "fixed"}


def test_an_order_is_read_as_it_was() -> None:
    order = viewed(ORDER)
    assert isinstance(order, Order)
    assert (order.side, order.status) == (Side.SELL, OrderStatus.PENDING)
    assert str(order.quantity) == "0.5"


@pytest.mark.parametrize(
    "wrong",
    [
        {"orderStatus": "working"},  # right in the other dialect, and in this one means nothing
        {"side": "long"},
        {"quantity": "0.50"},
        {"quantity": 0.5},
        {"createdAt": "2026-01-02T03:04:05Z"},
        {"note": "one more"},
        {"data": {}},
        {"clientOrderId": 7},
    ],
)
def test_a_wrong_order_stays_wrong(wrong: Mapping[str, object]) -> None:
    with pytest.raises(ContractViolation):
        viewed({**ORDER, **wrong})


@pytest.mark.parametrize("lacking", list(ORDER))
def test_what_lacks_is_missed(lacking: str) -> None:
    with pytest.raises(ContractViolation):
        viewed({name: value for name, value in ORDER.items() if name != lacking})


def test_a_wrong_code_stays_wrong() -> None:
    with pytest.raises(ContractViolation, match="202 is promised"):
        RENAMED.answers.placed(answer(Call.PLACE, 202, ORDER, "application/json"))


def test_a_rejection_is_read_as_it_was() -> None:
    rejection = rejected(PROBLEM)
    assert rejection.reason is Reason.TOO_LATE_TO_CANCEL
    assert rejection.order_status is OrderStatus.EXECUTED


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, 425),  # the code that is right in the other dialect
        ({"status": 425}, 409),
        ({"type": "/problems/filled"}, 409),
        ({"type": "about:blank"}, 409),
        ({"orderStatus": "PENDING"}, 409),
        ({"orderId": "0b0e7f0e-6f0b-4c39-9d7c-9d6f3f6b8a12"}, 409),
    ],
)
def test_a_wrong_rejection_stays_wrong(wrong: Mapping[str, object], code: int) -> None:
    with pytest.raises(ContractViolation):
        rejected({**PROBLEM, **wrong}, code)


def test_a_field_is_pointed_at_where_it_stands() -> None:
    invalid = {
        "type": "/problems/invalid-order",
        "title": "Invalid",
        "status": 422,
        "detail": "The order is invalid.",
        "errors": [{"pointer": "/quantity", "detail": "must be greater than 0"}],
    }
    told = answer(Call.PLACE, 422, invalid, "application/problem+json")
    assert json.loads(told.body)["errors"][0]["pointer"] == "/instrument/units"
    rejection = RENAMED.answers.placed(told)
    assert isinstance(rejection, Rejection)
    assert [each.field for each in rejection.invalid_fields or ()] == ["quantity"]


def test_what_is_no_json_passes_as_it_is() -> None:
    assert TRANSLATION.reply(Call.VIEW, Reply(500, b"Oops")) == Reply(500, b"Oops")
    assert TRANSLATION.body(b'{"way": ') == b'{"way": '
    assert TRANSLATION.frames.theirs("tick") == "tick"


def test_frames_are_read_as_they_were() -> None:
    hello = {"type": "hello", "streamId": "s", "sequence": 7}
    (greeting,) = RENAMED.frames.read(TRANSLATION.frames.theirs(json.dumps(hello)))
    assert greeting == Hello("s", 7)
    (event,) = RENAMED.frames.read(TRANSLATION.frames.theirs(json.dumps(EVENT)))
    assert (event.sequence, event.status) == (3, OrderStatus.EXECUTED)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "trade"},
        {"orderStatus": "trade.filled"},
        {"previousStatus": "trade.opened"},
        {"note": 1},
        {"sequence": "3"},
    ],
)
def test_a_wrong_frame_stays_wrong(wrong: Mapping[str, object]) -> None:
    with pytest.raises(ContractViolation):
        RENAMED.frames.read(TRANSLATION.frames.theirs(json.dumps({**EVENT, **wrong})))


def test_closing_codes_change_places() -> None:
    told = TRANSLATION.frames.closing_code
    assert [told(code) for code in (1001, 1008, 1013, 1011)] == [4401, 4400, 4413, 1011]
    assert told(4401) == 1001


def test_an_order_is_placed_as_it_was_written() -> None:
    body = b'{"kind": "market", "way": "long", "instrument": {"pair": "EURUSD", "units": 1.50e1}}  '
    said = TRANSLATION.body(body)
    assert said.strip() == b'{"side":"BUY","symbol":"EURUSD","quantity":1.50e1}'
    assert len(said) == len(body)


def test_a_name_of_ours_means_nothing_there() -> None:
    said: Any = json.loads(TRANSLATION.body(b'{"symbol": "EURUSD", "instrument": {"colour": 1}}'))
    assert said == {"symbol_": "EURUSD", "instrument.colour": 1}
    assert TRANSLATION.query(Call.LIST, b"limit=5&most=7&phase=filled&phase=EXECUTED") == (
        b"most=5&limit=7&status=EXECUTED&status=filled"
    )
    assert TRANSLATION.query(Call.EVENTS, b"since=5") == b"after=5"


def test_names_given_twice_and_numbers_stay_as_they_are() -> None:
    text = '{"a":1e400,"a":[NaN,-0.0],"b":"\\ud800"}'
    assert written(parse(text)) == text


@pytest.mark.parametrize(
    ("method", "path", "ours"),
    [
        ("POST", "/v2/trades", "POST /orders"),
        ("GET", "/v2/trades/a%2Fb/state", "GET /orders/a%2Fb"),
        ("POST", "/v2/trades/1/cancel", "DELETE /orders/1"),
        ("PUT", "/v2/blotter", "PUT /orders"),
        ("POST", "/v2/blotter", "POST /trades"),  # they do not have it, so we must not either
        ("GET", "/v2/nothing", "GET /trades"),
        ("GET", "/v2/feed", "GET /ws"),
        ("GET", "/v2/reasons/no-trade", "GET /problems/unknown-order"),
        ("GET", "/", "GET /"),
    ],
)
def test_requests_find_their_place(method: str, path: str, ours: str) -> None:
    route = TRANSLATION.routes.ours(method, path)
    assert f"{route.method} {route.path}" == ours


def test_words_that_mean_nothing_change_places() -> None:
    swap = Swap({"a": "b", "b": "c"})
    assert [swap.theirs(each) for each in "abcd"] == ["b", "c", "a", "d"]
    assert [swap.ours(each) for each in "bcad"] == ["a", "b", "c", "d"]


def test_a_dialect_that_offers_less_proves_nothing(tmp_path: Path) -> None:
    modest = tmp_path / "modest.toml"
    modest.write_text('name = "modest"\n[missing]\npaging = "it lists all"\n', encoding="utf-8")
    with pytest.raises(Unsuitable, match=f"missing.{Capability.PAGING.key}: .*it lists all"):
        read_dialect(modest)
    with pytest.raises(Unsuitable, match="cannot be read"):
        read_dialect(tmp_path / "nowhere.toml")
