"""Two servers that spell everything otherwise, spoken to by two contracts in one process."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from driver import (
    TRADING,
    Contract,
    ContractViolation,
    Draft,
    Order,
    OrderPage,
    OrdersClient,
    OrderStatus,
    Reason,
    Rejection,
    Side,
    read_contract,
)
from perf.placing import burst
from step_defs.cancelling import cancel, place_and_cancel_each
from step_defs.checks.end_of_scenario import require_invariants
from step_defs.phrases import words
from step_defs.placing import is_accepted, place
from step_defs.rejecting import is_rejected
from step_defs.subscribing import arrives_before
from step_defs.viewing import stays_readable
from step_defs.world.promise import Promise
from step_defs.world.world import World
from tests.driver.small_server import OTHER, PUBLISHED, small_server

DEADLINE = 5.0  # seconds
DRAFT: Draft = {"reference": "R-1", "symbol": "EURUSD", "side": Side.SELL, "quantity": "7"}

OTHER_CONTRACT = read_contract(Path(__file__).with_name("other.toml"))


@pytest.fixture(scope="module")
def servers() -> Iterator[list[tuple[str, Contract]]]:
    """Both servers at the same time, each with the contract that it keeps."""
    with small_server(PUBLISHED) as published, small_server(OTHER) as other:
        yield [(published, TRADING), (other, OTHER_CONTRACT)]


def test_an_order_lives_the_same_life_in_both(servers: list[tuple[str, Contract]]) -> None:
    clients = [OrdersClient(url, contract, DEADLINE) for url, contract in servers]
    subscriptions = [client.subscribe() for client in clients]
    placed = [client.place(DRAFT).outcome for client in clients]
    for client, subscription, order in zip(clients, subscriptions, placed, strict=True):
        assert isinstance(order, Order)
        assert (order.status, order.side) == (OrderStatus.PENDING, Side.SELL)
        assert subscription.wait_for_status(order.order_id, OrderStatus.EXECUTED, DEADLINE)
        viewed = client.view(order.order_id).outcome
        assert isinstance(viewed, Order)
        assert viewed.status is OrderStatus.EXECUTED
        page = client.list(status=OrderStatus.EXECUTED).outcome
        assert isinstance(page, OrderPage)
        assert [each.order_id for each in page.orders] == [order.order_id]
        rejected = client.cancel(order.order_id).outcome
        assert isinstance(rejected, Rejection)
        assert rejected.reason is Reason.TOO_LATE_TO_CANCEL
        assert rejected.order_status is OrderStatus.EXECUTED
        assert subscription.violations == []
        subscription.close()
        client.close()


def test_each_contract_is_strict_about_the_other_servers_spelling(
    servers: list[tuple[str, Contract]],
) -> None:
    (published, _), (other, _) = servers
    for url, contract in ((published, OTHER_CONTRACT), (other, TRADING)):
        client = OrdersClient(url, contract, DEADLINE)
        with pytest.raises(ContractViolation):
            client.place(DRAFT)
        client.close()


def test_a_burst_has_no_problem_in_either(servers: list[tuple[str, Contract]]) -> None:
    for url, contract in servers:
        assert burst(url, contract, 20, patience=DEADLINE).problems == ()


def value(kind: str, text: str) -> Any:
    """What a step is given for the text."""
    return (words.phrase(f"{{it:{kind}}}").parse_arguments(text) or {})["it"]


def test_the_same_steps_pass_in_both(servers: list[tuple[str, Contract]]) -> None:
    the_order, order = value("Orders", "the order"), value("NewOrders", "an order to buy 5 GBPUSD")
    executed, cancelled = OrderStatus.EXECUTED, OrderStatus.CANCELLED
    for url, contract in servers:
        with closing(world_of(url, contract)) as world:
            place(world, order)
            is_accepted(world, the_order)
            arrives_before(world, OrderStatus.PENDING, executed)
            stays_readable(world, the_order, executed)
            cancel(world, the_order)
            reason = value("Reason", "the order is already executed")
            is_rejected(world, value("Subject", "cancel"), reason)
            place_and_cancel_each(world, order)
            arrives_before(world, OrderStatus.PENDING, cancelled)
            require_invariants(world)


def world_of(url: str, contract: Contract) -> World:
    promise = Promise(0.0, 0.1, grace=2.0)
    return World(url, lambda base, log, _: OrdersClient(base, contract, DEADLINE, log), promise)
