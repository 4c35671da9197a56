"""Steps about order events and their subscribers."""

from bdd import Thing, story
from driver import Contract, DisconnectReason, Means, OrderStatus
from step_defs.checks.events import (
    require_disconnected,
    require_not_told,
    require_references,
    require_replay_position,
    require_silence,
    require_statuses,
)
from step_defs.checks.executions import require_becomes_within
from step_defs.checks.immediately import require_heartbeat
from step_defs.checks.invariants import require_numbered
from step_defs.checks.lags import require_announced_at_once
from step_defs.phrases import given, then, things, when
from step_defs.phrases.subscribers import Conduct
from step_defs.world.selection import Selection
from step_defs.world.subscribers import Traders, hello_of
from step_defs.world.world import World


@given("{traders:Traders} are/is subscribed to order events")
@when("{traders:Traders} subscribe/subscribes to order events")
@story(gives=things.subscribed)
def follow(world: World, traders: Traders) -> None:
    """Subscribes these traders; the server has confirmed each subscription."""
    for name in traders:
        hello_of(world.subscribe(name))


@given("{name:Name} is subscribed to order events but does not read")
@story(gives=things.subscribed)
def follow_without_reading(world: World, name: str) -> None:
    """The server confirms the subscription; from then on the trader reads nothing."""
    world.subscribe(name, reads=False)
    world.subscribers.expect_disconnection(world.subscribers.named(name))


def _known(name: str, position: str | None, **_: object) -> list[Thing]:
    return [things.subscriber(name)] if position is None else []


@when("{name:Name} subscribes with replay from {position:Position}")
@story(needs=_known, gives=things.subscribed)
def follow_from(world: World, name: str, position: str | None) -> None:
    """Requests all events after the given one, and all live events from then on."""
    if position is not None:
        world.subscribe(name, since=position)
        return
    since = world.subscribers.named(name).last_sequence
    subscription = world.subscribe(name, since=str(since))
    if subscription.hello is not None:
        require_replay_position(subscription, since, world.subscribers.control.last_sequence)


@given("{name:Name} {conduct:Conduct}")
@when("{name:Name} {conduct:Conduct}")
def behave(world: World, name: str, conduct: Conduct) -> None:
    """The subscriber disconnects or misbehaves."""
    world.subscribers.begin_conduct(name, conduct.promise)
    conduct.act(world.subscribers.raw(name))


@then("a {first:Status} event arrives before {second:Status}")
@story(needs=things.an_order)
def arrives_before(world: World, first: OrderStatus, second: OrderStatus) -> None:
    """Exactly these two events arrive for the order, in this sequence, within the promised time."""
    expected = [first, second]
    require_statuses(world, world.subscribers.control, world.latest.order, expected)


@then(
    "{traders:Traders} receive/receives {first:Status} and then {second:Status} "
    + "for {orders:Orders}"
)
def hear(
    world: World, traders: Traders, orders: Selection, first: OrderStatus, second: OrderStatus
) -> None:
    """These traders receive exactly these two events for each order, in this sequence, in time.

    What a trader received over several connections counts together.
    """
    for recorder in world.subscribers.select(traders):
        before = world.subscribers.connections_before(recorder)
        for placement in world.select(orders):
            expected = [first, second]
            require_statuses(world, recorder, placement.order, expected, before)


@then("{orders:Orders} becomes/become {status:Status} within {duration:Duration}")
def becomes(
    world: World, contract: Contract, orders: Selection, status: OrderStatus, duration: float
) -> None:
    """The status is announced after PENDING and nothing else, within the time.

    EXECUTED is timed from the order's acceptance, by the server's record; other statuses from the
    latest request.
    """
    expected = list(dict.fromkeys([OrderStatus.PENDING, status]))
    placements = world.select(orders)
    for placement in placements:
        world.await_status(placement, status, world.promise.deadline(duration))
        require_statuses(world, world.subscribers.control, placement.order, expected)
    require_becomes_within(world, contract, placements, status, world.promise.limit(duration))


@then("no further event for {orders:Orders} arrives in the next {duration:Duration}")
def is_silent(world: World, orders: Selection, duration: float) -> None:
    """After EXECUTED or CANCELLED, no further event for the orders arrives in this time."""
    require_silence(world, world.select(orders), world.promise.scaled(duration))


@then("{name:Name} receives no {status:Status} event for {orders:Orders}")
def is_not_told(world: World, name: str, status: OrderStatus, orders: Selection) -> None:
    """This trader receives no such event for the orders, as long as one could still come."""
    told = [each.order for each in world.select(orders)]
    seconds = world.promise.delay_deadline
    require_not_told(world.subscribers.named(name), told, status, seconds)


@then("{traders:Traders} receive/receives the events for {orders:Orders} immediately")
def hear_at_once(world: World, traders: Traders, orders: Selection) -> None:
    """PENDING arrives together with the response, and EXECUTED as fast as PENDING.

    Immediately is within 0.1 seconds, the machine's own part taken off.
    """
    world.need(Means.MEASURED_TIMES)
    for recorder in world.subscribers.select(traders):
        require_announced_at_once(world, recorder, world.select(orders))


@then("{traders:Traders} receive/receives {count:Count} events, numbered without gaps")
def receive_many(world: World, traders: Traders, count: int) -> None:
    """Each of these traders receives so many events or more, and no number is left out."""
    for recorder in world.subscribers.select(traders):
        require_numbered(recorder, count, world.promise.delay_deadline)


@then("every event for {orders:Orders} carries its reference")
def carries_reference(world: World, orders: Selection) -> None:
    """Each event for the order carries the reference that the trader gave, or none."""
    for placement in world.select(orders):
        require_references(world.subscribers.control, placement.order)


@then("{name:Name}'s connection/subscription is closed/rejected because {reason:DisconnectReason}")
def is_disconnected_because(world: World, name: str, reason: DisconnectReason) -> None:
    """The server closes the connection and says why, after everything that it sent before."""
    recorder = world.subscribers.expect_disconnection(world.subscribers.named(name))
    world.subscribers.raw(name).resume_reading()
    require_disconnected(recorder, reason, world.promise.delay_deadline)


@then("{name:Name} receives a heartbeat within {seconds:Count} seconds")
def is_asked_for_life(world: World, name: str, seconds: int) -> None:
    """The server sends a ping, at an interval that no setting changes."""
    require_heartbeat(world, world.subscribers.raw(name), seconds)
