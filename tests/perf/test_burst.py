import json
from collections.abc import Callable
from typing import Any

import pytest

from driver import TRADING, ContractViolation, ServerUnreachable
from perf.placing import burst
from perf.records import BurstRecord, Outcome
from perf.summary import summarise
from perf.watch import Phase, Progress
from tests.perf.fake_server import HELLO, Json, Manners, running

PATIENCE = 0.5


def burst_at(manners: Manners, orders: int = 5) -> BurstRecord:
    with running(manners) as server:
        return burst(server.base_url, TRADING, orders, patience=PATIENCE)


def is_third(message: Json) -> bool:
    return str(message["clientOrderId"]).endswith("-00003")


def only_third(change: Callable[[Json], Any], otherwise: Callable[[Json], Any]) -> Any:
    return lambda message: change(message) if is_third(message) else otherwise(message)


def findings(record: BurstRecord) -> dict[str, tuple[str, ...]]:
    """The findings of each order that has any, by the end of its reference."""
    return {order.reference[-5:]: order.findings for order in record.orders if order.findings}


def test_a_server_that_keeps_its_promises_has_no_problem() -> None:
    record = burst_at(Manners(), orders=50)
    assert record.problems == ()
    assert {order.outcome for order in record.orders} == {Outcome.EXECUTED}
    assert len({order.reference for order in record.orders}) == 50


def test_the_times_of_an_order_are_in_order() -> None:
    for order in burst_at(Manners(delay=0.05), orders=20).orders:
        assert order.sent is not None
        assert order.answered is not None
        assert order.executed_at is not None
        assert 0 <= order.sent < order.answered < order.executed_at
        assert order.answered - order.sent >= 0.05


def test_all_connections_are_open_before_the_first_order_leaves() -> None:
    with running(Manners()) as server:
        burst(server.base_url, TRADING, 200, patience=PATIENCE)
        assert server.connected_at_first == 200 + 1


def test_two_bursts_at_one_server_do_not_mix() -> None:
    with running(Manners()) as server:
        first = burst(server.base_url, TRADING, 5, patience=PATIENCE)
        second = burst(server.base_url, TRADING, 5, patience=PATIENCE)
    assert first.problems == second.problems == ()
    assert not {o.reference for o in first.orders} & {o.reference for o in second.orders}


def test_events_of_other_traders_are_left_out() -> None:
    def with_another(event: Json) -> list[Json]:
        other = "00000000-0000-0000-0000-000000000000"
        return [event, {**event, "orderId": other, "clientOrderId": None}]

    record = burst_at(Manners(events=with_another))
    assert record.problems == ()


@pytest.mark.parametrize(
    ("lost", "finding"), [("PENDING", "No PENDING event"), ("EXECUTED", "No EXECUTED event")]
)
def test_a_lost_event_is_named(lost: str, finding: str) -> None:
    def losing(event: Json) -> list[Json]:
        return [] if event["orderStatus"] == lost else [event]

    record = burst_at(Manners(events=only_third(losing, lambda event: [event])))
    assert findings(record) == {"00003": (f"{finding} arrived",)}
    assert record.problems == (f"{finding} arrived: {record.orders[2].reference}",)


def test_an_order_that_is_never_executed_is_lost() -> None:
    def losing(event: Json) -> list[Json]:
        return [] if event["orderStatus"] == "EXECUTED" else [event]

    record = burst_at(Manners(events=only_third(losing, lambda event: [event])))
    assert [order.outcome for order in record.orders].count(Outcome.LOST) == 1
    assert record.orders[2].outcome is Outcome.LOST
    assert summarise(record).lost == 1


def test_an_event_that_comes_twice_is_named() -> None:
    def repeating(event: Json) -> list[Json]:
        return [event, event] if event["orderStatus"] == "PENDING" else [event]

    record = burst_at(Manners(events=only_third(repeating, lambda event: [event])))
    assert findings(record) == {"00003": ("The PENDING event arrived more than once",)}


def test_an_order_that_is_never_answered_is_named() -> None:
    record = burst_at(Manners(ignore=is_third))
    assert findings(record) == {"00003": ("No answer arrived",)}
    assert record.orders[2].outcome is Outcome.UNANSWERED
    assert record.orders[2].sent is not None


def test_an_answer_of_500_is_named() -> None:
    record = burst_at(Manners(reject=only_third(lambda _: 500, lambda _: None)))
    assert findings(record) == {
        "00003": (
            "The answer breaks the contract: status 500; "
            "content type: none instead of application/problem+json",
        )
    }
    assert record.orders[2].outcome is Outcome.REJECTED


def test_an_order_that_is_announced_without_being_shown_is_named() -> None:
    nameless = only_third(lambda order: {**order, "orderId": None}, lambda order: order)
    record = burst_at(Manners(answer=nameless))
    (found,) = findings(record).values()
    assert found[0].startswith("The answer breaks the contract: orderId")
    assert found[1:] == ("Announced, though the answer shows no order",)
    assert record.orders[2].outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"quantity": "4"}, "The answer echoes another quantity"),
        ({"symbol": "XAUUSD"}, "The answer echoes another symbol"),
        ({"side": "BUY"}, None),
        ({"side": "SELL"}, "The answer echoes another side"),
        ({"orderStatus": "EXECUTED"}, "The answer says EXECUTED instead of PENDING"),
    ],
)
def test_a_wrong_echo_is_named(change: Json, finding: str | None) -> None:
    wrong = only_third(lambda order: {**order, **change}, lambda order: order)
    record = burst_at(Manners(answer=wrong))
    assert findings(record) == ({"00003": (finding,)} if finding else {})


def test_an_id_given_to_every_order_is_named_for_each() -> None:
    same = "00000000-0000-0000-0000-000000000000"
    record = burst_at(
        Manners(
            answer=lambda order: {**order, "orderId": same},
            location=lambda _: f"/orders/{same}",
        )
    )
    for order in record.orders:
        assert "Another order was given the same id" in order.findings


def test_a_server_that_stops_in_the_middle_leaves_what_was_measured() -> None:
    record = burst_at(Manners(delay=0.1, hang_up_at=3), orders=6)
    outcomes = [order.outcome for order in record.orders]
    assert outcomes.count(Outcome.UNANSWERED) == 4
    assert outcomes.count(Outcome.LOST) == 2
    assert all(order.sent is not None for order in record.orders)
    assert "The server ended the event stream (1006)" in record.problems
    assert any("The connection broke before the answer" in each for each in record.problems)


def test_a_frame_that_breaks_the_contract_is_a_problem() -> None:
    def mangled(event: Json) -> list[Json]:
        return [{**event, "occurredAt": "yesterday"}, event]

    record = burst_at(Manners(events=mangled), orders=1)
    assert findings(record) == {}
    (problem,) = record.problems
    assert "occurredAt" in problem
    assert problem.endswith("(2 times)")


def test_a_second_hello_is_a_problem() -> None:
    record = burst_at(Manners(events=lambda event: [json.loads(HELLO), event]), orders=1)
    assert record.problems == (
        "A frame of the event stream: hello is the first frame, and comes once (2 times)",
    )


def test_nobody_at_the_address_is_told() -> None:
    with running(Manners()) as server:
        address = server.base_url
    with pytest.raises(ServerUnreachable, match="Is it started"):
        burst(address, TRADING, 5, patience=PATIENCE)


def test_a_server_that_greets_no_subscriber_is_told() -> None:
    with pytest.raises(ServerUnreachable, match="it greets no subscriber"):
        burst_at(Manners(greeting=None))


def test_a_stream_that_begins_otherwise_breaks_the_contract() -> None:
    with pytest.raises(ContractViolation):
        burst_at(Manners(greeting='{"type": "welcome"}'))


@pytest.mark.parametrize("orders", [0, -1])
def test_a_burst_has_at_least_one_order(orders: int) -> None:
    with pytest.raises(ValueError, match="at least 1 order"):
        burst("http://127.0.0.1:1", TRADING, orders, patience=PATIENCE)


def test_progress_is_told_in_each_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perf.watch._SECONDS_BETWEEN_REPORTS", 0)
    heard: list[Progress] = []
    with running(Manners()) as server:
        burst(server.base_url, TRADING, 3, patience=PATIENCE, progress=heard.append)
    assert {progress.phase for progress in heard} == set(Phase)
    assert all(0 <= progress.done <= progress.total == 3 for progress in heard)
