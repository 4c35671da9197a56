"""What must hold at the end of every scenario, whatever it is about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bdd import Mismatch, Rule, charge_run
from driver import Capability, OrderEvent, Subscription
from step_defs.checks.invariants import (
    Finding,
    changed_orders,
    changed_references,
    continued,
    different_orders,
    gaps,
    illegal_transitions,
    times_in_disorder,
    untimed,
)
from step_defs.checks.orders import events_of_rejected, shared_ids
from step_defs.checks.unnumbered import differences, require_told_as_shown
from step_defs.world import rules
from step_defs.world.drafts import REFERENCE
from step_defs.world.mismatches import EventsWrong, told
from step_defs.world.naming import order_names
from step_defs.world.second_look import rule_of_both
from step_defs.world.transcript import events_received
from step_defs.world.world import World

SHOWN = 5


def require_invariants(world: World) -> None:
    """The event streams kept every promise that does not depend on the scenario.

    What is wrong with the orders of others is charged to the run. Raises an ExceptionGroup with one
    Mismatch for each broken promise.
    """
    found = list(dict.fromkeys([*_of_streams(world), *_announced_rejections(world)]))
    own = world.own_order_ids
    for foreign in _broken(each for each in found if each.order_id not in own):
        charge_run(foreign)
    broken = [
        *_broken(_looked_at_again(world, each) for each in found if each.order_id in own),
        *_told_otherwise(world),
        *_unreadable(world),
        *_disconnected(world),
    ]
    if broken:
        raise ExceptionGroup("a promise that is always checked does not hold", broken)


def tapes(world: World) -> list[tuple[str, str]]:
    """What each subscriber received, for the report: a title and a text for each."""
    own = {None, *order_names(world)}
    return [
        (f"Events that {name} received", events_received(recorder, own, world.start))
        for name, recorder in world.subscribers.connections
    ]


def _looked_at_again(world: World, found: Finding) -> Finding:
    """An order of the scenario's own that was both executed and cancelled: which promise broke."""
    if found.rule != rules.NEVER_BOTH:
        return found
    return replace(found, rule=rule_of_both(world))


def _of_streams(world: World) -> Iterator[Finding]:
    streams: dict[tuple[int, str], list[tuple[str, Subscription]]] = defaultdict(list)
    for name, subscription in world.subscribers.connections:
        if subscription.hello is not None:
            restarts = world.subscribers.restarts_before(subscription)
            streams[restarts, subscription.hello.stream_id].append((name, subscription))
    yield from continued(stream_id for _, stream_id in streams)
    for of_one in streams.values():
        events = {name: [each.event for each in received.events] for name, received in of_one}
        for name, subscription in of_one:
            others = [told_to for other, told_to in events.items() if other != name]
            alone = world.subscribers.promise_to(subscription)
            for finding in _of_one(subscription, events[name], others, alone):
                yield replace(finding, got=f"{name}: {finding.got}")
        yield from _different(world, list(events.values()))


def _of_one(
    subscription: Subscription,
    events: Sequence[OrderEvent],
    others: Sequence[Sequence[OrderEvent]],
    alone: Rule,
) -> Iterator[Finding]:
    assert subscription.hello is not None, "the others have no stream"
    yield from gaps(subscription.hello.sequence, events, others, alone)
    yield from illegal_transitions(events)
    yield from times_in_disorder(events)
    yield from changed_references(events)
    yield from changed_orders(events)


def _announced_rejections(world: World) -> Iterator[Finding]:
    """Events with a reference of the scenario's that are about none of its orders.

    Where orders share an ID, nobody can tell whose event it is.
    """
    if shared := shared_ids([each.order for each in world.placements if not each.rejected]):
        yield from (Finding(rules.OWN_ID, "Orders share an ID", line) for line in shared)
        return
    for recorder in world.subscribers.subscriptions:
        for event in events_of_rejected(world, recorder):
            of_rejected = _is_of_rejected(world, event)
            yield Finding(
                rules.NO_TRACE if of_rejected else rules.REFERENCE_ONCE,
                "An event was sent for a rejected order"
                if of_rejected
                else "An event carries the reference of another order",
                f"event {event.sequence} is for order {event.order_id}",
            )


def _is_of_rejected(world: World, event: OrderEvent) -> bool:
    same = [each for each in world.placements if each.draft.get(REFERENCE) == event.reference]
    return any(each.rejected for each in same)


def _broken(found: Iterable[Finding]) -> Iterator[EventsWrong]:
    """One mismatch for each promise and way to break it."""
    grouped: dict[tuple[Rule, str], list[str]] = defaultdict(list)
    for each in found:
        grouped[each.rule, each.what].append(each.got)
    for (rule, what), lines in grouped.items():
        more = [f"… and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        got = "\n".join([*lines[:SHOWN], *more])
        yield EventsWrong(what, expected=rule.title, got=got, rule=rule)


def _different(world: World, streams: Sequence[Sequence[OrderEvent]]) -> Iterator[Finding]:
    """What subscribers were told differently; times that they read themselves always differ."""
    if not world.port.offers(Capability.NUMBERING):
        yield from differences(streams)
        return
    timed = world.port.offers(Capability.TIMES)
    yield from different_orders(streams if timed else list(map(untimed, streams)))


def _told_otherwise(world: World) -> Iterator[Mismatch]:
    if world.placements and not world.port.offers(Capability.NUMBERING):
        try:
            require_told_as_shown(world)
        except Mismatch as mismatch:
            yield mismatch


def _unreadable(world: World) -> Iterator[Mismatch]:
    """The first frame that breaks the contract.

    If only subscribers that have sent something receive such frames, these are the answers to it.
    """
    subscribers = world.subscribers
    unreadable = [each for each in subscribers.subscriptions if each.violations]
    conducted = {each.subscription for each in subscribers.conducts}
    for subscription in unreadable[:1]:
        is_answered = conducted.issuperset(unreadable)
        yield told(subscription.violations[0], rules.MESSAGES_IGNORED if is_answered else None)


def _disconnected(world: World) -> Iterator[EventsWrong]:
    if found := world.subscribers.unexpected_disconnections:
        yield EventsWrong(
            "A subscriber was disconnected", expected="to stay connected", got="\n".join(found)
        )
