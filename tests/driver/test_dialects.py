"""What a dialect file can say, and how its mistakes are told."""

# ruff: noqa: E501 - a mistake and the sentence that tells it stand on one line

import json
from pathlib import Path

import pytest

from driver import (
    TRADING,
    Contract,
    ContractViolation,
    DialectWrong,
    Hello,
    Order,
    OrderEvent,
    OrderPage,
    OrderStatus,
    Reason,
    Rejection,
    Side,
    Unquoted,
    read_contract,
)
from driver.__main__ import main
from driver.dialects import TRADING_TERMS, chosen_contract, read_terms, schema
from driver.vocabulary import Capability
from tests.driver.samples import EVENT, HELLO, ORDER, answer, text

ROOT = Path(__file__).parents[2]
NO_PROBLEMS = 'problem_details = "they only say a sentence"\n'
DISTINCT = 'distinct_reasons = "the codes are few"\n'


@pytest.fixture
def contract(tmp_path: Path, request: pytest.FixtureRequest) -> Contract:
    return written(tmp_path, request.param)


def written(folder: Path, toml: str) -> Contract:
    path = folder / "own.toml"
    path.write_text(f'name = "own"\n{toml}', encoding="utf-8")
    return read_contract(path, {"TOKEN": "secret"})


def mistakes(folder: Path, toml: str) -> str:
    with pytest.raises(DialectWrong) as raised:
        written(folder, toml)
    return str(raised.value).replace(str(folder), "")


def dialect(toml: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("contract", [toml], indirect=True, ids=["own"])


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[order]\noder_id = 'id'", "/own.toml:3: There is no oder_id in [order]; did you mean order_id?"),
        ("[orders]\n", "/own.toml:2: There is no orders; did you mean order?"),
        ("[endpoints]\nplace = { code = 404 }", "/own.toml:3: endpoints.place.code = 404 cannot be: it should be less than or equal to 299."),
        ("[forms]\norder_id = 'number'", "/own.toml:3: forms.order_id = 'number' cannot be: it should be 'uuid', 'integer' or 'text'."),
        ("[missing]\nlist = 'there is none'", "/own.toml:3: missing.list: every server must offer this, so it cannot be declared missing."),
        ("[missing]\ntimes = ''", "/own.toml:3: missing.times = '' cannot be: "),
        ("[words]\nBUY = 'SELL'", "two words mean the same and cannot be told apart: SELL, SELL."),
        ("[forms]\norder_id = 'integer'", "/own.toml:3: order IDs are of the form integer: exactly if they are no UUIDs, say why in missing.uuids."),
        ("[missing]\nnumbering = 'no numbers are given'", "/own.toml:3: without numbered events there can be no replay of past events: declare missing.replay."),
        ("[missing]\n" + NO_PROBLEMS, "too_late_to_cancel and already_cancelled look alike"),
        ("[headers]\nAuthorization = 'Bearer ${NO_TOKEN}'", "/own.toml:3: the environment has no variable NO_TOKEN, which the dialect needs: set it."),
        ("[run]\ndelay_min = 2\ndelay_max = 1", "/own.toml:3: delay_min 2 is more than delay_max 1."),
        ("[endpoints]\nview = { path = '/order' }", "/own.toml:3: the path of view lacks {order_id}, the order's place."),
        ("[words.symbols]\nEURUSD = 'EUR/USD'", "/own.toml:2: words.symbols lists the allowed symbols: exactly if there are only some, say why in missing.any_symbol."),
        ("[order\n", "/own.toml:2: this is not TOML: "),
        ("extends = 'nowhere.toml'", "/nowhere.toml: the dialect cannot be read: No such file or directory."),
        ("extends = 'own.toml'", "/own.toml: /own.toml extends itself, by way of others."),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_file_and_line(tmp_path: Path, toml: str, told: str) -> None:
    assert told in mistakes(tmp_path, toml)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path, "[order]\na = 'b'\n[event]\nc = 'd'\n").splitlines()) == 2


def test_a_dialect_extends_another_and_says_only_what_differs(tmp_path: Path) -> None:
    base = tmp_path / "base.toml"
    base.write_text('name = "base"\n[words]\nCANCELLED = "canceled"\n', encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text('extends = "base.toml"\n[words]\nPENDING = "new"\n', encoding="utf-8")
    words = read_terms(own).words
    assert (words.PENDING, words.CANCELLED, words.EXECUTED) == ("new", "canceled", "EXECUTED")


def test_the_environment_names_the_dialect_and_the_command_line_comes_first(
    tmp_path: Path,
) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.toml").write_text(f'name = "{name}"\n', encoding="utf-8")
    first, second = (str(tmp_path / f"{name}.toml") for name in ("first", "second"))
    assert chosen_contract(None, {}) is TRADING
    assert chosen_contract(None, {"TRADING_DIALECT": first}).name == "first"
    assert chosen_contract(second, {"TRADING_DIALECT": first}).name == "second"


@dialect("[headers]\nAuthorization = 'Bearer ${TOKEN}'")
def test_headers_are_sent_with_everything(contract: Contract) -> None:
    requests = contract.requests
    for request in (requests.place({}), requests.view("1"), requests.subscribe("7")):
        assert request.headers["Authorization"] == "Bearer secret"


@dialect(
    "[draft]\nsymbol = 'order.instrument'\nquantity = 'order.size'\n"
    "fixed = { 'order.type' = 'market', version = 2 }"
)
def test_requests_are_nested_and_have_fixed_fields(contract: Contract) -> None:
    body = contract.requests.place({"symbol": "EURUSD", "quantity": Unquoted("1e999"), "colour": 1})
    assert body.body == (
        b'{"order": {"instrument": "EURUSD", "size": 1e999, "type": "market"}, '
        b'"colour": 1, "version": 2}'
    )
    assert contract.requests.neutral_field("order.size") == "quantity"


@dialect("[draft]\nsymbol = 'pair'\n[filters]\nsymbol = 'code'\nstatus = 'pair'")
def test_a_field_and_a_filter_have_names_of_their_own(contract: Contract) -> None:
    requests = contract.requests
    assert [requests.neutral_field(name) for name in ("pair", "symbol")] == ["symbol", "/symbol"]
    assert [requests.neutral_filter(name) for name in ("pair", "code")] == ["status", "symbol"]


@dialect(
    "[order]\nat = 'data'\nsymbol = 'stock.name'\nignored = ['note', 'stock.exchange']\n"
    "[page]\nform = 'array'\n[missing]\npaging = 'all orders are listed'"
)
def test_answers_are_nested_and_a_list_is_an_array(contract: Contract) -> None:
    order = {name: value for name, value in ORDER.items() if name != "symbol"}
    order["stock"] = {"name": "EURUSD", "exchange": "X"}
    viewed = contract.answers.viewed(answer(200, json.dumps({"data": order})))
    assert isinstance(viewed, Order)
    assert viewed.symbol == "EURUSD"
    page = contract.answers.listed(answer(200, json.dumps([order, {**order, "note": "new"}])))
    assert isinstance(page, OrderPage)
    assert (len(page.orders), page.next_cursor) == (2, None)
    order["stock"]["colour"] = "red"
    with pytest.raises(ContractViolation, match=r"data.stock.colour: Extra inputs"):
        contract.answers.viewed(answer(200, json.dumps({"data": order})))


@dialect(
    "[forms]\norder_id = 'integer'\nquantity = 'number'\nsent_quantity = 'number'\n"
    "time = 'epoch_milliseconds'\n[missing]\nuuids = 'they count up'\n"
    "quoted_quantities = 'numbers are sent'"
)
def test_forms_of_values_differ(contract: Contract) -> None:
    body = text(ORDER, orderId=17, quantity=100.5, createdAt=1500, updatedAt=1750)
    order = contract.answers.viewed(answer(200, body))
    assert isinstance(order, Order)
    assert (order.order_id, str(order.quantity)) == ("17", "100.5")
    assert (order.updated_at - order.created_at).total_seconds() == 0.25
    assert contract.requests.unused_order_id().isdigit()
    assert contract.requests.place({"quantity": "5"}).body == b'{"quantity": 5}'
    for wrong in ({"orderId": "17"}, {"quantity": "100.5"}, {"createdAt": "1500"}):
        with pytest.raises(ContractViolation, match=next(iter(wrong))):
            contract.answers.viewed(answer(200, text(json.loads(body), **wrong)))


@dialect(
    "[missing]\nreferences = 'there are none'\nside = 'all orders buy'\n"
    "times = 'no clock is shown'\nlocation = 'no header is sent'"
)
def test_what_is_missing_is_neither_sent_nor_allowed(contract: Contract) -> None:
    draft = {"symbol": "EURUSD", "side": Side.BUY, "reference": "R"}
    assert contract.requests.place(draft).body == b'{"symbol": "EURUSD"}'
    assert contract.not_offered[Capability.SIDE] == "all orders buy"
    there = {"orderId", "symbol", "quantity", "orderStatus"}
    body = {name: value for name, value in ORDER.items() if name in there}
    order = contract.answers.placed(answer(201, text(body)))
    assert isinstance(order, Order)
    assert (order.side, order.reference) == (None, None)
    with pytest.raises(ContractViolation, match="side: Extra inputs"):
        contract.answers.placed(answer(201, text(body, side="BUY")))


@dialect(
    "[event]\nat = 'data'\nmany = true\nkind = 'channel'\nsymbol = 'symbol'\n"
    "[words]\nevent = ['orders', 'late orders']\n"
    "[frames]\nignored = ['ping', { channel = 'ticks' }]"
)
def test_frames_hold_several_events_and_some_need_not_be_heeded(contract: Contract) -> None:
    event = {name: value for name, value in EVENT.items() if name != "type"} | {"symbol": "EURUSD"}
    frame = {"channel": "late orders", "data": [event, {**event, "sequence": 8}]}
    events = contract.frames.read(json.dumps(frame))
    assert [each.sequence for each in events] == [7, 8]
    assert isinstance(events[0], OrderEvent)
    assert events[0].shown == (("symbol", "EURUSD"),)
    assert contract.frames.read('{"channel": "ticks", "price": 1}') == ()
    assert contract.frames.read("ping") == ()
    assert contract.frames.read(text(HELLO)) == (Hello("s-1", 6),)
    for wrong in ("pong", json.dumps({**frame, "channel": "news"}), json.dumps({"data": []})):
        with pytest.raises(ContractViolation):
            contract.frames.read(wrong)


@dialect(
    "[event]\nkind = ''\nstatus = 'action'\n[words.in_events]\nPENDING = 'created'\n"
    "EXECUTED = 'filled'\nCANCELLED = 'killed'\n[missing]\nhello = 'nobody is greeted'\n"
    "replay = 'nothing is kept'\nnumbering = 'no numbers'\nprevious_status = 'it is not told'"
)
def test_an_action_word_may_be_the_status(contract: Contract) -> None:
    event = {"orderId": ORDER["orderId"], "clientOrderId": None, "action": "filled"}
    frame = text(event, occurredAt=ORDER["createdAt"])
    (read,) = contract.frames.read(frame)
    assert isinstance(read, OrderEvent)
    assert read.status is OrderStatus.EXECUTED
    assert contract.answers.viewed(answer(200, text(ORDER))) is not None


PLAIN = (
    "[problem]\ntype = 'error'\ndetail = 'message'\n[missing]\n" + NO_PROBLEMS + DISTINCT
    + "[rejections]\ninvalid_order = { code = 400 }\nunknown_order = { code = 404 }\n"
    "too_late_to_cancel = { code = 409, text = 'executed' }\n"
    "already_cancelled = { code = 409, type = 'CANCELED' }\ncancel_pending = { code = 409 }"
)  # fmt: skip


@dialect(PLAIN)
def test_reasons_are_told_apart_by_code_type_and_text(contract: Contract) -> None:
    def cancelled(code: int, **body: str) -> Rejection:
        outcome = contract.answers.cancelled(answer(code, text(body)), "1")
        assert isinstance(outcome, Rejection)
        return outcome

    assert cancelled(404, message="no such order").reason is Reason.UNKNOWN_ORDER
    assert cancelled(409, message="It is EXECUTED").reason is Reason.TOO_LATE_TO_CANCEL
    told = cancelled(409, message="no", error="CANCELED")
    assert (told.reason, told.or_else) == (Reason.ALREADY_CANCELLED, frozenset())
    assert cancelled(409, message="no").reason is Reason.CANCEL_PENDING
    assert told.invalid_fields is None
    for code, body in ((400, {"message": "no"}), (409, {"message": " "}), (409, {})):
        with pytest.raises(ContractViolation):
            cancelled(code, **body)


@dialect(PLAIN.replace(", text = 'executed'", ""))
def test_reasons_that_look_alike_are_all_told(contract: Contract) -> None:
    outcome = contract.answers.cancelled(answer(409, text({"message": "no"})), "1")
    assert isinstance(outcome, Rejection)
    assert outcome.may_be(Reason.TOO_LATE_TO_CANCEL)
    assert outcome.may_be(Reason.CANCEL_PENDING)
    assert not outcome.may_be(Reason.ALREADY_CANCELLED)


@dialect("[endpoints]\ncancel = { code = 200, shows = 'order' }")
def test_a_cancel_may_show_the_order(contract: Contract) -> None:
    cancelled = answer(200, text(ORDER, orderStatus="CANCELLED"))
    assert contract.answers.cancelled(cancelled, str(ORDER["orderId"])) is None
    with pytest.raises(ContractViolation, match="shows the order as PENDING"):
        contract.answers.cancelled(answer(200, text(ORDER)), str(ORDER["orderId"]))
    with pytest.raises(ContractViolation, match="speaks of order"):
        contract.answers.cancelled(cancelled, "another")


def test_the_published_schema_is_that_of_the_model() -> None:
    published = (ROOT / "dialects" / "schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(), "renew it: python -m driver schema"
    assert "required" not in schema()
    assert set(schema()["properties"]) == {"extends", *type(TRADING_TERMS).model_fields}


@pytest.mark.parametrize("file", sorted((ROOT / "dialects").glob("*.toml")), ids=lambda it: it.stem)
def test_every_dialect_of_the_project_can_be_used(file: Path) -> None:
    assert read_contract(file).name == file.stem


def test_the_command_line_checks_a_dialect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.toml"
    path.write_text('name = "own"\n[missing]\ntimes = "no clock"\n', encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "not offered: times in answers and events (no clock)" in capsys.readouterr().out
    path.write_text("nam = 1\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert f"{path}:1: There is no nam; did you mean name?" in capsys.readouterr().err
