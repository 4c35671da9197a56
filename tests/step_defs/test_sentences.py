"""What a sentence does not let pass: words to be written otherwise, and checks without a chance."""

from contextlib import closing

import pytest

from driver import TRADING, Disconnection, Hello, OrderStatus, ReceivedEvent, Side, TradingPort
from step_defs.checks.events import require_not_told, require_statuses
from step_defs.checks.orders import require_named_oldest_first
from step_defs.performance import share_is_executed
from step_defs.phrases import words
from step_defs.phrases.names import pair
from step_defs.phrases.new_orders import SIDES
from step_defs.phrases.numbers import quantity
from step_defs.world.mismatches import EventsWrong, ScenarioWrong
from step_defs.world.promise import Promise
from step_defs.world.subscribers import Subscribers
from tests.step_defs.fake_port import FakePort, FakeSubscription, fake_world
from tests.step_defs.samples import CANCELLED, EXECUTED, PENDING, event, order, placed

PROMISE = Promise(0.0, 1.0, grace=0.01)


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1,000,000", "1000000"), ("1m", "1000000"), ("1.5k", "1500"), ("1_000", "1000")],
)
def test_a_number_that_people_write_otherwise_is_written_out(written: str, plain: str) -> None:
    with pytest.raises(ValueError, match=rf"is not a number: write {plain}$"):
        quantity(written)


@pytest.mark.parametrize("written", ["ten", "", "m", "1x", "1,x"])
def test_what_is_no_number_has_no_other_spelling(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number$"):
        quantity(written)


def test_a_pair_has_no_slash() -> None:
    assert pair("EURCHF") == "EURCHF"
    with pytest.raises(ValueError, match="no slash: write EURCHF"):
        pair("EUR/CHF")


def test_sides_may_be_written_as_the_server_shows_them() -> None:
    assert (SIDES["BUY"], SIDES["SELL"]) == (Side.BUY, Side.SELL)


def test_a_time_is_more_than_nothing() -> None:
    phrase = words.phrase("it is silent for {duration:Duration}")
    (unreadable,) = phrase.unreadable("it is silent for 0 seconds")
    assert "more than 0 seconds" in unreadable.reason
    assert not phrase.unreadable("it is silent for 0.1 seconds")


def test_the_sequence_of_a_list_is_that_in_which_its_orders_are_named() -> None:
    first, second = placed("a", 1), placed("b", 2)
    require_named_oldest_first([first, second])
    with pytest.raises(ScenarioWrong, match="another sequence"):
        require_named_oldest_first([second, first])


def test_a_share_is_one_of_all_orders() -> None:
    with closing(fake_world()) as world:
        world.place([{"symbol": "EURUSD", "side": Side.BUY, "quantity": "1"}] * 2)
        share_is_executed(world, TRADING, 2, 2, 1.0)
        for count, total in ((2, 3), (1, 1), (3, 2)):
            with pytest.raises(ScenarioWrong, match=f"{count} of {total} orders"):
                share_is_executed(world, TRADING, count, total, 1.0)


def told(*statuses: OrderStatus) -> FakeSubscription:
    events = [
        ReceivedEvent(event(number, "a", status), 0.0)
        for number, status in enumerate(statuses, start=1)
    ]
    return FakeSubscription(Hello("stream", 0), events)


def test_what_several_connections_received_counts_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, now = told(PENDING), told(EXECUTED)
    with closing(fake_world()) as world:
        monkeypatch.setattr(world.subscribers, "called", lambda _: "Ann")
        world.place([{"symbol": "EURUSD", "side": Side.BUY, "quantity": "1"}])
        require_statuses(world, now, order("a"), [PENDING, EXECUTED], [before])
        for earlier in ([], [told(PENDING, EXECUTED)], [before, before]):
            with pytest.raises(EventsWrong):
                require_statuses(world, now, order("a"), [PENDING, EXECUTED], earlier)


def test_the_connections_of_one_trader_are_known() -> None:
    class Port(FakePort):
        def subscribe(self, since: str | None = None, *, reads: bool = True) -> FakeSubscription:
            del reads
            return FakeSubscription(Hello(since or "stream", 0))

    port: TradingPort = Port()
    subscribers = Subscribers()
    first = subscribers.subscribe("Ann", port)
    subscribers.subscribe("Bob", port)
    elsewhere = subscribers.subscribe("Ann", port, "another stream")
    latest = subscribers.subscribe("Ann", port)
    assert subscribers.connections_before(latest) == [first]
    assert subscribers.connections_before(elsewhere) == []


def test_an_event_that_should_not_come_is_waited_for() -> None:
    require_not_told(told(PENDING), [order("a")], CANCELLED, 0)
    with pytest.raises(EventsWrong, match="should not have"):
        require_not_told(told(PENDING), [order("b"), order("a")], PENDING, 0)
    gone = told()
    gone.disconnection = Disconnection(1006, "", 0.0)
    with pytest.raises(ScenarioWrong, match="not connected"):
        require_not_told(gone, [order("a")], PENDING, 0)
