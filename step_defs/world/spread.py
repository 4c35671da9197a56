"""Orders that are placed at several servers at the same moment, of which one may die meanwhile."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle

from driver import Answer, Draft, Order, ServerUnreachable, TradingPort
from step_defs.world.answers import Placement
from step_defs.world.mismatches import contract_kept
from step_defs.world.simultaneous import at_once
from step_defs.world.world import World


def place_spread(world: World, drafts: Sequence[Draft], addresses: Sequence[str]) -> None:
    """Places orders at the same moment, at the servers of these addresses in turn."""
    world.need_hands(len(drafts))  # before pages are opened that nobody could use
    world.subscribe_control()
    ports = cycle([world.port_at(address) for address in addresses])
    calls = [partial(port.place, each) for port, each in zip(ports, drafts, strict=False)]
    _record(world, drafts, world.ask(calls))


def place_while(
    world: World, drafts: Sequence[Draft], addresses: Sequence[str], happens: Callable[[], None]
) -> None:
    """The same; something `happens` as soon as the first of them is announced.

    Orders whose answers were lost with their server may have been accepted or not: the scenario
    does not know them.
    """
    world.need_hands(len(drafts))
    announced = world.subscribe_control()

    def disturb() -> None:
        before = len(announced.events)
        announced.wait(lambda: len(announced.events) > before, world.promise.delay_deadline)
        happens()

    ports = cycle([world.port_at(address) for address in addresses])
    calls: list[Callable[[], Answer[Order] | None]] = [
        partial(_placed_or_lost, port, each) for port, each in zip(ports, drafts, strict=False)
    ]
    with contract_kept():
        answers = at_once([*calls, disturb])
    _record(world, drafts, answers[:-1])


def _placed_or_lost(port: TradingPort, draft: Draft) -> Answer[Order] | None:
    try:
        return port.place(draft)
    except ServerUnreachable:
        return None


def _record(world: World, drafts: Sequence[Draft], answers: Sequence[Answer[Order] | None]) -> None:
    answered = zip(drafts, answers, strict=True)
    placed = [Placement(draft, answer) for draft, answer in answered if answer]
    world.record([each.answer for each in placed], placed)
