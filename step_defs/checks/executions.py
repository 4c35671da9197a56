"""How long the executions of orders took, by the server's record and by the client's clock."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from driver import Contract, OrderStatus
from perf.records import BurstRecord, OrderRecord
from step_defs.checks.limits import AT_ONCE, LONGEST, Figure, record_error, require_within
from step_defs.world import rules
from step_defs.world.answers import Placement
from step_defs.world.drafts import renewed
from step_defs.world.mismatches import TimeWrong, about
from step_defs.world.spans import Span
from step_defs.world.world import World

SAMPLE = 150
"""Orders that are placed to measure a breach once more: one late order in thirty is among them but
for once in 160 times."""

FEW = 20
"""Orders that are placed to see, beside other scenarios, whether it was the machine."""


def measured_burst(world: World, contract: Contract, count: int) -> BurstRecord:
    """Places orders simultaneously, beside those of the scenario, and measures their delays."""
    from perf.placing import burst  # noqa: PLC0415 - few scenarios need what takes long to import

    patience = world.promise.delay_deadline
    spelled = contract.with_key(world.api_key) if world.api_key else contract
    return burst(world.base_url, spelled, count, patience=patience)


def measured_beside(world: World, contract: Contract) -> list[Span]:
    """The executions of a few further orders, beside other scenarios, the machine being watched."""
    with world.machine.watched():
        return of_burst(measured_burst(world, contract, FEW))


def of_burst(burst: BurstRecord) -> list[Span]:
    """The executions of a burst by the server's record, between the moments of their events."""
    since = time.perf_counter() - (datetime.now(UTC) - burst.started_at).total_seconds()
    return [span for order in burst.orders for span in _of_record(order, since)]


def _of_record(order: OrderRecord, since: float) -> list[Span]:
    if None in (order.server_delay, order.pending_at, order.executed_at):
        return []
    assert order.server_delay is not None
    assert order.pending_at is not None
    assert order.executed_at is not None
    began, ended = since + order.pending_at, since + order.executed_at
    return [Span(order.server_delay, began, ended, recorded=True)]


def executions(world: World) -> list[Span]:
    """The executions of the burst, if the scenario placed one, or else of all its orders."""
    return of_orders(world, world.placements) if world.burst is None else of_burst(world.burst)


def of_orders(world: World, placements: Sequence[Placement]) -> list[Span]:
    """The executions of the scenario's own orders, once all of them have been announced."""
    return [_of_placement(world, each) for each in placements]


def _of_placement(world: World, placement: Placement) -> Span:
    pending = world.await_status(placement, OrderStatus.PENDING)
    executed = world.await_status(placement, OrderStatus.EXECUTED)
    seconds = world.execution_seconds(placement)
    return Span(seconds, pending.received, executed.received, recorded=True)


def measured_again(world: World, contract: Contract) -> list[Span]:
    """The executions of many further orders. Raises TimeWrong if their record is not true."""
    spans = of_burst(measured_burst(world, contract, SAMPLE))
    if error := record_error(world, spans):
        raise TimeWrong(
            "The times in the events are not those at which the events arrived",
            expected="execution delays as the client sees them",
            got=error,
            rule=rules.EVENT_TIME,
        )
    return spans


def require_executed_within(
    world: World,
    contract: Contract,
    spans: Sequence[Span],
    limit: float,
    figure: Figure = LONGEST,
) -> None:
    """The executions take at most `limit` seconds, by the server's record, which must be true.

    A record that seems wrong is looked at again, alone on the machine if it still does: the
    machine's part of a few orders that nobody watched is not known.
    """
    again = partial(measured_again, world, contract)
    if record_error(world, spans) and record_error(world, measured_beside(world, contract)):
        world.alone(again)
    require_within(world, "execution delay", limit, spans, again, figure=figure)


def require_becomes_within(
    world: World,
    contract: Contract,
    placements: Sequence[Placement],
    status: OrderStatus,
    limit: float,
) -> None:
    """EXECUTED comes in time after the acceptance, another status after the latest request."""
    if status is OrderStatus.EXECUTED:
        with about(rules.ORDER_EXECUTED), _beginning_looked_at(world, placements, limit):
            require_executed_within(world, contract, of_orders(world, placements), limit)
        return
    sent = max(answer.sent for answer in world.answers)
    came = [world.await_status(each, status).received for each in placements]
    spans = [Span.between(sent, each) for each in came]
    again = partial(_once_more, world, status)
    require_within(world, f"time to {status}", limit, spans, again)


@contextmanager
def _beginning_looked_at(
    world: World, placements: Sequence[Placement], limit: float
) -> Iterator[None]:
    """If executions are too long only because PENDING came early, that is what is wrong."""
    try:
        yield
    except TimeWrong as wrong:
        ahead = max(_seconds_ahead(world, each) for each in placements)
        if ahead > AT_ONCE and all(_follows_response(world, each, limit) for each in placements):
            wrong.rule = rules.AT_ONCE
            wrong.got += f"\nbut PENDING was announced {ahead:.3f} s before the response"
        raise


def _seconds_ahead(world: World, placement: Placement) -> float:
    pending = world.await_status(placement, OrderStatus.PENDING)
    return placement.answer.received - pending.received


def _follows_response(world: World, placement: Placement, limit: float) -> bool:
    """Whether the execution came in time after the response, as the client's clock tells."""
    executed = world.await_status(placement, OrderStatus.EXECUTED)
    return executed.received - placement.answer.received <= limit + AT_ONCE


def _once_more(world: World, status: OrderStatus) -> list[Span]:
    """What it takes until another order, or its cancel, is announced."""
    draft = renewed(world.latest.draft)
    sent = time.perf_counter()
    placed = Placement(draft, world.port.place(draft))
    if status is OrderStatus.CANCELLED:
        sent = time.perf_counter()
        world.port.cancel(placed.order.order_id)
    return [Span.between(sent, world.await_status(placed, status).received)]
