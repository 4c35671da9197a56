"""What one scenario knows and can do."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from driver import (
    Connect,
    Draft,
    LoggedRequest,
    Order,
    OrderPage,
    OrderStatus,
    ReceivedEvent,
    Subscription,
    Wire,
)
from step_defs.world.answers import AnyAnswer, Placement, accepted, orders_in
from step_defs.world.mismatches import ContractBroken, ScenarioWrong, contract_kept
from step_defs.world.promise import Promise
from step_defs.world.selection import Selection, Target, Which
from step_defs.world.simultaneous import at_once
from step_defs.world.subscribers import Subscribers, await_status


class World:
    """One scenario's traders, their orders and subscribers, and the server they meet.

    Orders go by the names that the scenario gives them. `answers` are those to the latest
    action: one, or many when it was done many times at once. `abandoned` are the identities of
    orders that were tried in vain, which the scenario knows nothing of.
    """

    def __init__(self, base_url: str, connect: Connect, promise: Promise) -> None:
        self.promise = promise
        self.start = time.perf_counter()
        self.resources = ExitStack()
        self._connect = connect
        self.requests: list[LoggedRequest] = []
        self.placements: list[Placement] = []
        self._answers: Sequence[AnyAnswer] = ()
        self.abandoned: set[str] = set()
        self.subscribers = Subscribers()
        self._by_name: dict[str, Placement] = {}
        self._symbols: dict[str, str] = {}
        self.resources.callback(self.subscribers.close)
        self.meet(base_url)

    def meet(self, base_url: str) -> None:
        """From now on the scenario is about the server at `base_url`."""
        self.base_url = base_url
        self.port = self._connect(base_url, self.requests.append)
        self.resources.callback(self.port.close)

    @property
    def wire(self) -> Wire:
        """The wire itself, for what is no trading. Raises ScenarioWrong where there is none."""
        if not isinstance(self.port, Wire):
            raise ScenarioWrong(
                "The step sends something that is no order",
                expected="a run against the API, which has a wire of its own",
                got=f"a run through {type(self.port).__name__}",
            )
        return self.port

    @property
    def answers(self) -> Sequence[AnyAnswer]:
        """The answers to the latest action, of which there is at least one."""
        if not self._answers:
            raise ScenarioWrong(
                "The step looks at an answer",
                expected="a step before it that asks the server for something",
                got="nothing was asked in this scenario yet",
            )
        return self._answers

    @answers.setter
    def answers(self, answers: Sequence[AnyAnswer]) -> None:
        self._answers = answers

    @property
    def answer(self) -> AnyAnswer:
        """The answer to the latest action, or the last of many."""
        return self.answers[-1]

    @property
    def latest(self) -> Placement:
        """The order that was placed last, whatever became of it."""
        if not self.placements:
            raise ScenarioWrong(
                "The step speaks of an order",
                expected="a step before it that places one",
                got="no order was placed in this scenario yet",
            )
        return self.placements[-1]

    def act(self, calls: Sequence[Callable[[], AnyAnswer]]) -> Sequence[AnyAnswer]:
        """Makes the calls at the same time; their answers become the latest ones."""
        with contract_kept():
            self.answers = [calls[0]()] if len(calls) == 1 else at_once(calls)
        return self.answers

    def place(self, *drafts: Draft) -> list[Placement]:
        """Places orders, at the same time if there are several, with somebody following."""
        self.subscribers.watch(self.port)
        answers = self.act([partial(self.port.place, each) for each in drafts])
        placements = list(map(Placement, drafts, answers))
        self.placements += placements
        return placements

    def call(self, name: str, placement: Placement) -> None:
        """From now on the order goes by `name`, which no other order of the scenario has."""
        if name in self._by_name:
            raise ScenarioWrong(
                "Two orders of this scenario have the same name",
                expected="a name of its own for each order",
                got=f"order {name} twice",
            )
        self._by_name[name] = placement

    def follow(self, name: str, since: str | None = None, *, reads: bool = True) -> Subscription:
        """Has a trader follow the order events; returns when the server has confirmed it."""
        self.subscribers.watch(self.port)
        return self.subscribers.follow(name, self.port, since, reads=reads)

    def walk(self, **filters: object) -> None:
        """Lists orders page by page to the end; the answers are those of all pages."""
        pages: list[AnyAnswer] = []
        met = {filters.get("cursor")}
        while True:
            (page,) = self.act([partial(self.port.list, **filters)])
            pages.append(page)
            cursor = accepted(page).next_cursor
            if cursor is None:
                break
            if cursor in met:
                raise ContractBroken(
                    "A walk goes round in circles", expected="a new cursor", got=cursor
                )
            met.add(cursor)
            filters["cursor"] = cursor
        self.answers = pages

    @property
    def listed(self) -> list[Order]:
        """The orders that the latest answers show, in their order."""
        shown = [order for answer in self.answers for order in orders_in(answer)]
        return [order for order in shown if order.order_id not in self.abandoned]

    @property
    def pages(self) -> list[OrderPage]:
        """The pages that the latest answers are."""
        pages = [accepted(answer) for answer in self.answers]
        if not all(isinstance(page, OrderPage) for page in pages):
            raise ScenarioWrong(
                "The step speaks of a list",
                expected="a step before it that lists orders",
                got="the latest step asked for something else",
            )
        return pages

    def order_ids(self, target: Target) -> list[str]:
        """The identities that a step speaks of, of existing orders or not."""
        if isinstance(target, str):
            return [target]
        return [placement.order.order_id for placement in self.select(target)]

    def named(self, name: str) -> Placement:
        """The order that the scenario calls `name`."""
        if name not in self._by_name:
            raise ScenarioWrong(
                "The step speaks of an order that this scenario does not have",
                expected=", ".join(sorted(self._by_name)) or "a table of orders with this name",
                got=f"order {name}",
            )
        return self._by_name[name]

    def name_of(self, order_id: str) -> str:
        """What the scenario calls the order, or else its identity."""
        names = [f"order {name}" for name, each in self._by_name.items() if each.has(order_id)]
        return names[0] if names else order_id

    def select(self, selection: Selection) -> list[Placement]:
        """The orders that a step speaks of."""
        if selection.names:
            return [self.named(name) for name in selection.names]
        latest = self.latest
        if selection.which is Which.LATEST:
            return [latest]
        if selection.which is Which.FIRST:
            return self.placements[:1]
        return self.placements

    def sightings(self, placement: Placement) -> list[Order]:
        """The order as the latest answers show it. Raises ContractBroken if none does."""
        found = [order for order in self.listed if order.order_id == placement.order.order_id]
        if not found:
            raise ContractBroken(
                "The answer does not show the order",
                expected=f"order {placement.order.order_id}",
                got=", ".join(order.order_id for order in self.listed) or "no order",
            )
        return found

    def await_status(
        self, placement: Placement, status: OrderStatus, seconds: float | None = None
    ) -> ReceivedEvent:
        """Waits until the order has been announced with this status."""
        seconds = self.promise.delay_deadline if seconds is None else seconds
        return await_status(self.subscribers.control, placement.order.order_id, status, seconds)

    def let_stand_for(self, alias: str, symbol: str) -> None:
        """From now on `alias` means the currency pair `symbol`."""
        self._symbols[alias] = symbol

    def symbol(self, name: str) -> str:
        """The currency pair that `name` stands for: itself unless told otherwise."""
        return self._symbols.get(name, name)

    def close(self) -> None:
        """Lets go of everything."""
        self.resources.close()
