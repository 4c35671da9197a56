from contextlib import closing
from typing import cast

import pytest

from driver import TRADING, OrdersClient, OrderStatus, Side, Unquoted
from step_defs.phrases import words
from step_defs.phrases.new_orders import NewOrders
from step_defs.phrases.queries import read_query
from step_defs.phrases.rejections import read_reason
from step_defs.phrases.values import read_value
from step_defs.world.answers import Placement
from step_defs.world.drafts import MISSING, REFERENCE, draft_with
from step_defs.world.mismatches import ScenarioWrong
from step_defs.world.promise import Promise
from step_defs.world.selection import Selection, Which
from step_defs.world.world import World
from tests.step_defs.samples import placed


def world_of_nothing() -> World:
    """A world whose server is not there."""
    promise = Promise(0.1, 1.0, grace=1.0)
    return World(
        "http://nowhere",
        lambda base_url, log, _: OrdersClient(base_url, TRADING, 1.0, log),
        promise,
    )


def read(kind: str, text: str) -> object:
    """What a step would be given for `text`."""
    return words.phrase(f"{{it:{kind}}}").parse_arguments(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"EURUSD"', "EURUSD"),
        ('""', ""),
        ('"A" repeated 3 times', "AAA"),
        ("true", True),
        ("null", None),
        ("an empty list", []),
        ("100.50", "100.50"),
        ("-1", "-1"),
        ("1e999", "1e999"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
    ],
)
def test_a_value_is_read(text: str, value: object) -> None:
    assert read_value(text) == value


def test_numbers_are_sent_as_they_are_written() -> None:
    assert isinstance(read_value("1e999"), Unquoted)
    assert not isinstance(read_value('"1e999"'), Unquoted)


def test_random_text_is_unique_and_has_its_length() -> None:
    text = "20 random characters"
    first, second = read_value(text), read_value(text)
    assert isinstance(first, str)
    assert len(first) == len("12345678901234567890")
    assert first != second
    assert str(read_value('9 random characters starting with "a.B"')).startswith("a.B")


@pytest.mark.parametrize("text", ["ten", "EURUSD", "1,000"])
def test_a_value_that_cannot_be_read_says_what_can(text: str) -> None:
    with pytest.raises(ValueError, match=f'text stands in quotes, "{text}"'):
        read_value(text)


def test_a_missing_field_is_left_out() -> None:
    assert "side" not in draft_with({"side": MISSING})
    assert draft_with({"colour": "red"})["colour"] == "red"


def test_a_reason_that_nobody_gives_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="nearest ones are: the quantity must be greater than 0"):
        read_reason("the quantity must be greater than zero")


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("the order", Selection(Which.LATEST)),
        ("every order", Selection(Which.EVERY)),
        ("order A", Selection(None, ("A",))),
        ("orders A, B and C", Selection(None, ("A", "B", "C"))),
    ],
)
def test_orders_are_spoken_of(text: str, selection: Selection) -> None:
    assert read("Orders", text) == {"it": selection}


@pytest.mark.parametrize(
    ("text", "traders"),
    [
        ("a trader", ("a trader",)),
        ("every trader", ()),
        ("2 traders", ("trader 1", "trader 2")),
        ("Ann and Bob", ("Ann", "Bob")),
    ],
)
def test_traders_are_spoken_of(text: str, traders: tuple[str, ...]) -> None:
    assert read("Traders", text) == {"it": traders}


def new_orders(text: str) -> NewOrders:
    read_ = read("NewOrders", text)
    assert isinstance(read_, dict), f"no new orders: {text}"
    return cast("NewOrders", read_["it"])


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("an order", NewOrders(1, 1, Side.BUY, "100", "EURUSD", "")),
        ("an order to sell 0.5 GBPUSD", NewOrders(1, 1, Side.SELL, "0.5", "GBPUSD", "")),
        ("20 orders", NewOrders(20, 20, Side.BUY, "100", "EURUSD", "")),
        ("20 orders in GBPUSD", NewOrders(20, 20, Side.BUY, "100", "GBPUSD", "")),
        ("9 orders in GBPUSD, 2 at a time", NewOrders(9, 2, Side.BUY, "100", "GBPUSD", "")),
        (
            "5 orders with one reference",
            NewOrders(5, 5, Side.BUY, "100", "EURUSD", "one reference"),
        ),
    ],
)
def test_new_orders_are_spoken_of(text: str, orders: NewOrders) -> None:
    assert new_orders(text) == orders
    if orders.count == orders.batch:
        assert new_orders(f"{text} at the same time") == orders


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0 orders", "at least 1"),
        ("ten orders", "not a whole number"),
        ("an order to buy ten EURUSD", "ten is not a number"),
        ("an order to hold 10 EURUSD", "only these are known: buy, sell"),
        ("9 orders, few at a time", "not a whole number"),
    ],
)
def test_new_orders_that_make_no_sense_are_rejected(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        new_orders(text)


def test_new_orders_are_placed_in_batches() -> None:
    with closing(world_of_nothing()) as world:
        world.name_symbol("AAABBB", "QQQWWW")
        batches = new_orders("5 orders in AAABBB, 2 at a time").batches(world)
        assert [len(batch) for batch in batches] == [2, 2, 1]
        assert {order["symbol"] for batch in batches for order in batch} == {"QQQWWW"}
        (same,) = new_orders("3 orders with one reference").batches(world)
        assert len({order[REFERENCE] for order in same}) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [("", "Abc"), (" in capital letters", "ABC"), (" and one more letter", "Abcx")],
)
def test_a_reference_may_be_much_like_the_latest(change: str, expected: str) -> None:
    with closing(world_of_nothing()) as world:
        world.record([], [Placement(draft_with({REFERENCE: "Abc"}), placed("a", 0).answer)])
        text = f"another order with the same reference{change}"
        ((order,),) = new_orders(text).batches(world)
        assert order[REFERENCE] == expected
        assert words.phrase("{it:NewOrders}").is_matching(text)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("all orders", {}),
        ("the orders in GBPUSD", {"symbol": "GBPUSD"}),
        ("the EXECUTED orders", {"status": OrderStatus.EXECUTED}),
        (
            "the PENDING orders in GBPUSD, 2 per page",
            {"status": OrderStatus.PENDING, "symbol": "GBPUSD", "limit": 2},
        ),
        ('the orders with the page size "0"', {"limit": "0"}),
        ('the orders with the cursor ""', {"cursor": ""}),
        ('the orders with the symbol "A" and the symbol "B"', {"symbol": ("A", "B")}),
        ('the orders with the page size "5" and the page size ""', {"limit": ("5", "")}),
    ],
)
def test_lists_are_spoken_of(text: str, filters: dict[str, object]) -> None:
    with closing(world_of_nothing()) as world:
        assert read_query(text).filters(world) == filters
        assert read("Query", text) == {"it": read_query(text)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("the executed orders", "only these are known: PENDING, EXECUTED, CANCELLED"),
        ('the orders with the shade "red"', "only these are known: status, symbol"),
        ("all orders, 0 per page", "at least 1"),
        ('the orders with the status "A" and the symbol "B"', "are of one filter, as `the orders"),
    ],
)
def test_lists_that_make_no_sense_are_rejected(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_query(text)


def test_a_place_in_the_stream_and_a_repetition_are_spoken_of() -> None:
    assert read("Position", "the last event received") == {"it": None}
    assert read("Position", '"yesterday"') == {"it": "yesterday"}
    assert read("Repetition", "a request") == {"it": 1}
    assert read("Repetition", "20 simultaneous requests") == {"it": 20}


def test_short_delays_keep_fewer_processes_waiting() -> None:
    assert Promise(0.1, 1.0, grace=1).processes(15, 2) == 15
    assert Promise(0.1, 2.0, grace=1).processes(15, 2) == 15
    assert Promise(0.05, 0.5, grace=1).processes(15, 2) == 10
    assert Promise(0.01, 0.1, grace=1).processes(15, 2) == 4
    assert Promise(0, 0, grace=1).processes(15, 2) == 2


def test_durations_scale_with_the_promise() -> None:
    promise = Promise(0.2, 2.0, grace=0.5)
    assert promise.scaled(1) == 2.0
    assert promise.limit(0.1) == pytest.approx(0.2)
    assert promise.limit(0.55) == pytest.approx(1.1)
    assert promise.deadline(1) == pytest.approx(2.5)
    assert read("Duration", "1.5 seconds") == {"it": 1.5}
    assert read("Duration", "1 second") == {"it": 1.0}


def test_a_list_by_reference_needs_one_reference() -> None:
    with closing(world_of_nothing()) as world:
        first, second = placed("a", 0), placed("b", 1)
        world.record([], [first, second])
        wanted = read_query("the orders with the reference of the order").filters(world)
        assert wanted == {"reference": second.reference}
        with pytest.raises(ScenarioWrong, match="2 orders"):
            read_query("the orders with the reference of every order").filters(world)


def test_an_order_without_a_reference_has_none_to_use_again() -> None:
    with closing(world_of_nothing()) as world:
        world.record([], [Placement(draft_with({REFERENCE: MISSING}), placed("a", 0).answer)])
        with pytest.raises(ScenarioWrong, match="given none"):
            new_orders("another order with the same reference").batches(world)


@pytest.mark.parametrize("text", ["all orders", "every orders", "these orders", "5 order"])
def test_orders_that_are_there_already_are_no_new_ones(text: str) -> None:
    assert not words.phrase("{it:NewOrders}").is_matching(text)


def test_a_reference_that_is_wrong_is_used_again_as_it_is() -> None:
    with closing(world_of_nothing()) as world:
        world.record([], [Placement(draft_with({REFERENCE: ""}), placed("a", 0).answer)])
        ((again,),) = new_orders("another order with the same reference").batches(world)
        assert again[REFERENCE] == ""


def test_a_step_that_looks_for_what_is_not_there_is_a_mistake_in_the_scenario() -> None:
    with closing(world_of_nothing()) as world:
        for look in (
            lambda: world.answer,
            lambda: world.listed,
            lambda: world.pages,
            lambda: world.latest,
            lambda: world.named("A"),
            lambda: world.select(Selection(Which.EVERY)),
            lambda: world.subscribers.named("Ann"),
            lambda: world.subscribers.two_control_subscribers,
        ):
            with pytest.raises(ScenarioWrong):
                look()
