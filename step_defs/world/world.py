"""What one scenario can do: everything that a Given or a When step causes goes through here."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from itertools import chain
from typing import TypeVar

from driver import (
    Action,
    Capability,
    Connect,
    Draft,
    LoggedRequest,
    Means,
    Order,
    OrderStatus,
    ReceivedEvent,
    Rejection,
    Stranger,
    Subscription,
    TradingPort,
    Wire,
)
from step_defs.world.answers import AnyAnswer, Placement, accepted
from step_defs.world.cancels import ImmediateCancels
from step_defs.world.drafts import draft, renewed, unique_symbol, worded_for
from step_defs.world.machine import Machine, knocking
from step_defs.world.memory import Memory
from step_defs.world.mismatches import contract_kept, not_on_the_page
from step_defs.world.promise import Promise
from step_defs.world.second_look import looked_into, quantities_in
from step_defs.world.selection import NEVER_EXISTED, Target
from step_defs.world.simultaneous import at_once, spread_over
from step_defs.world.subscribers import Subscribers, await_status, execution_seconds

Call = Callable[[], AnyAnswer]
T = TypeVar("T")

_BY_HAND = 20  # requests that somebody quick can make at nearly the same moment
_ABOUT_THE_ORDER = {Action.VIEW, Action.CANCEL}


class World(Memory):
    """One scenario's traders, their orders and subscribers, and the server they meet.

    `ask` looks at the server and leaves what the scenario knows as it is, for checks; the methods
    that act record their answers and orders. The server is met at its first use; how busy it is, is
    measured by the way that `knocks` opens, the same one if left out.
    """

    def __init__(
        self,
        base_url: str,
        connect: Connect,
        promise: Promise,
        quiet: Callable[[], AbstractContextManager[None]] = nullcontext,
        knocks: Connect | None = None,
    ) -> None:
        super().__init__()
        self.promise = promise
        self._quiet = quiet
        self.again: Callable[[], Sequence[Call]] = list
        self.start = time.perf_counter()
        self.requests: list[LoggedRequest] = []
        self.subscribers = Subscribers()
        self._connect = connect
        self._knocks = knocks or connect
        self._resources = ExitStack()
        self._resources.callback(self.subscribers.close)
        self.meet(base_url)

    def meet(self, base_url: str, api_key: str = "") -> None:
        """Turns the scenario to the server at `base_url`, with an API key of its own if given."""
        self.base_url, self.api_key = base_url, api_key
        self.port = self.port_at(base_url)
        unlogged = self._knocks(base_url, lambda _: None, api_key)
        self._resources.callback(unlogged.close)
        self.machine = knocking(unlogged, base_url, self.promise.answer_timeout)
        self._resources.callback(self.machine.stop)

    def port_at(self, base_url: str) -> TradingPort:
        """A way to a server, with the API key that the scenario uses."""
        port = self._connect(base_url, self.requests.append, self.api_key)
        self._resources.callback(port.close)
        return port

    def alone(self, measure: Callable[[], T], machine: Machine | None = None) -> T:
        """Measures once more: while no other scenario runs, and the machine is watched closely."""
        with self._quiet(), (machine or self.machine).watched():
            return measure()

    def order_ids(self, target: Target) -> list[str]:
        """The order IDs that a step speaks of, of existing orders or not."""
        if isinstance(target, str):
            return [target]
        return [self.port.unused_order_id()] if target is NEVER_EXISTED else self.ids_of(target)

    @property
    def wire(self) -> Wire:
        """The wire itself, for what is no trading, where there is one."""
        if not isinstance(self.port, Wire):
            not_on_the_page("a request that no trader makes")
        return self.port

    def need(self, means: Means) -> None:
        """Ends the scenario as not offered, unless the chosen way to the server has this."""
        if not self.port.has(means):
            not_on_the_page(means)

    def need_hands(self, requests: int) -> None:
        """Ends the scenario as not offered if nobody can make so many requests at a moment."""
        if requests > _BY_HAND:
            self.need(Means.CROWDS)

    def ask(self, calls: Sequence[Call], *, over: float = 0) -> list[AnyAnswer]:
        """The answers to calls made at the same moment, or spread `over` so many seconds."""
        self.need_hands(len(calls))
        with contract_kept():
            return spread_over(over, calls) if over else at_once(calls)

    def act(
        self,
        calls: Sequence[Call],
        *,
        over: float = 0,
        again: Callable[[], Sequence[Call]] | None = None,
    ) -> list[AnyAnswer]:
        """Asks, and records the answers.

        `again` gives calls of the same kind, to measure once more; by default they are these.
        """
        self.machine.watch_if_many(calls)
        self.again = again or (lambda: calls)
        answers = self.ask(calls, over=over)
        self.record(answers)
        return answers

    def place(self, *batches: Sequence[Draft]) -> list[Placement]:
        """Places orders, those of a batch at the same moment, with the control subscribed."""
        self.subscribe_control()
        placements: list[Placement] = []
        worded = [worded_for(self.port, batch) for batch in batches]
        self.again = lambda: [partial(self.port.place, renewed(each)) for each in chain(*worded)]
        for batch in worded:
            self.machine.watch_if_many(batch)
            with quantities_in(batch):
                answers = self.ask([partial(self.port.place, each) for each in batch])
            placed = list(map(Placement, batch, answers))
            placements += placed
            self.record([each.answer for each in placements], placed)
        return placements

    def place_and_cancel(self, *batches: Sequence[Draft], cancels: int = 1) -> list[Placement]:
        """Places orders, and cancels each straight after its acceptance, so many times at once.

        The answers to the cancels are recorded.
        """
        immediate = ImmediateCancels(self.port, self.subscribe_control(), self.promise)
        placements: list[Placement] = []
        answers: list[AnyAnswer] = []
        worded = [worded_for(self.port, batch) for batch in batches]
        for batch in worded:
            with contract_kept():
                outcomes = at_once([partial(immediate.run, each, cancels) for each in batch])
            placed = [placement for placement, _ in outcomes]
            placements += placed
            answers += [answer for _, of_order in outcomes for answer in of_order]
            self.discard(immediate.discarded)
            self.record(answers, placed)
        self.again = lambda: [partial(self.port.cancel, each.order.order_id) for each in placements]
        return placements

    def bring_to(self, drafts: Sequence[Draft], status: object) -> list[Placement]:
        """Places orders, which must be accepted, and brings them to a status that is announced.

        Without a status, or with PENDING, what becomes of them is left to the server.
        """
        if status is OrderStatus.CANCELLED:
            placements = self.place_and_cancel(drafts)
            for cancel in self.answers:
                accepted(cancel)
        else:
            placements = self.place(drafts)
        for placement in placements:
            accepted(placement.answer)
            if isinstance(status, OrderStatus):
                self.await_status(placement, status)
        return placements

    def attempt(self, stranger: Stranger, action: Action) -> None:
        """Lets somebody try what only traders may; an order that is rejected is remembered."""
        self.subscribe_control()
        wanted = draft()
        attempt = partial(self.wire.attempt, stranger, action, wanted, self._order_of(action))
        answers = self.act([attempt])
        if action is Action.PLACE and isinstance(answers[0].outcome, Rejection):
            self.record(answers, [Placement(wanted, answers[0])])

    def objections_of_browsers(self, stranger: Stranger, action: Action) -> Sequence[str]:
        """Why a browser would keep a page from this; empty if it would not."""
        return self.wire.browser_objections(stranger, action, draft(), self._order_of(action))

    def _order_of(self, action: Action) -> str:
        return self.latest.order.order_id if action in _ABOUT_THE_ORDER else ""

    def subscribe(self, name: str, since: str | None = None, *, reads: bool = True) -> Subscription:
        """Subscribes a trader to order events; returns when the server has confirmed it."""
        self.subscribe_control()
        return self.subscribers.subscribe(name, self.port, since, reads=reads)

    def await_status(
        self, placement: Placement, status: OrderStatus, seconds: float | None = None
    ) -> ReceivedEvent:
        """Waits until the order has been announced with this status."""
        seconds = self.promise.delay_deadline if seconds is None else seconds
        control, order_id = self.subscribers.control, placement.order.order_id
        with looked_into(self.subscribers, control, self.port, order_id):
            return await_status(control, order_id, status, seconds)

    def execution_seconds(self, placement: Placement) -> float:
        """What the order's execution took by the server's record, once it has been announced."""
        control, order_id = self.subscribers.control, placement.order.order_id
        return execution_seconds(control, order_id, self.promise.delay_deadline)

    def age(self, order: Order) -> tuple[float, int]:
        """What is less for an older order: when it was created, or else announced."""
        if self.port.offers(Capability.TIMES):
            return order.created_at.timestamp(), 0
        announced = [each.event.order_id for each in self.subscribers.control.events]
        known = order.order_id in announced
        return 0.0, announced.index(order.order_id) if known else len(announced)

    def own_symbol(self) -> str:
        """A currency pair that nobody else trades, or any where there are only a few."""
        return unique_symbol() if self.port.offers(Capability.ANY_SYMBOL) else "EURUSD"

    def shown_in(self, answers: Sequence[AnyAnswer]) -> list[Order]:
        """The orders that these answers show; only the scenario's own where pairs are shared."""
        shown = super().shown_in(answers)
        if self.port.offers(Capability.ANY_SYMBOL):
            return shown
        own = {each.order.order_id for each in self.placements if not each.rejected}
        return [order for order in shown if order.order_id in own]

    def close(self) -> None:
        """Closes everything."""
        self._resources.close()

    def subscribe_control(self) -> Subscription:
        """The control subscriber of the present server, which is subscribed before any order."""
        return self.subscribers.control_of(self.port)
