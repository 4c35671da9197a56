"""What one scenario knows: its orders by name, and the answers to its latest action."""

from collections.abc import Sequence

from driver import Action, Order, OrderPage
from perf.records import BurstRecord
from step_defs.world.answers import AnyAnswer, Placement, accepted, orders_in
from step_defs.world.mismatches import ContractBroken, ScenarioWrong
from step_defs.world.selection import Selection, Which


class Memory:
    """The orders of a scenario, in the order of their placing, and its latest answers.

    Orders that were discarded after a retried race are in no list that this tells of.
    """

    def __init__(self) -> None:
        self._placements: tuple[Placement, ...] = ()
        self._answers: tuple[AnyAnswer, ...] = ()
        self.discarded: frozenset[str] = frozenset()
        self.cancels: list[AnyAnswer] = []
        self._by_name: dict[str, Placement] = {}
        self._symbols: dict[str, str] = {}
        self.burst: BurstRecord | None = None

    def record(self, answers: Sequence[AnyAnswer], placements: Sequence[Placement] = ()) -> None:
        """Makes these the latest answers, and adds these orders to the scenario's."""
        self._answers = tuple(answers)
        self.note_cancels(answers)
        self._placements = (*self._placements, *placements)

    def note_cancels(self, answers: Sequence[AnyAnswer]) -> None:
        """Remembers the cancels among these, which need not be the latest answers."""
        self.cancels += [each for each in answers if each.action is Action.CANCEL]

    def discard(self, placements: Sequence[Placement]) -> None:
        """Leaves these orders, which are not the scenario's, out of every list."""
        self.discarded |= {placement.order.order_id for placement in placements}

    def name(self, name: str, placement: Placement) -> None:
        """Calls the order `name` from now on, which no other order of the scenario has."""
        if name in self._by_name:
            raise ScenarioWrong(
                "Two orders of this scenario have the same name",
                expected="a name of its own for each order",
                got=f"order {name} twice",
            )
        self._by_name[name] = placement

    def name_symbol(self, alias: str, symbol: str) -> None:
        """Lets `alias` mean the currency pair `symbol` from now on."""
        self._symbols[alias] = symbol

    def symbol(self, name: str) -> str:
        """The currency pair that `name` stands for: itself unless told otherwise."""
        return self._symbols.get(name, name)

    @property
    def placements(self) -> tuple[Placement, ...]:
        """The orders that the scenario has placed, accepted or not."""
        return self._placements

    @property
    def own_order_ids(self) -> set[str | None]:
        """The identities of the scenario's orders, and None for what is about no order."""
        return {None, *self.discarded} | {
            each.order.order_id for each in self._placements if not each.rejected
        }

    @property
    def latest(self) -> Placement:
        """The order that was placed last, whatever became of it."""
        if not self._placements:
            raise ScenarioWrong(
                "The step speaks of an order",
                expected="a step before it that places one",
                got="no order was placed in this scenario yet",
            )
        return self._placements[-1]

    @property
    def answers(self) -> tuple[AnyAnswer, ...]:
        """The answers to the latest action, of which there is at least one."""
        if not self._answers:
            raise ScenarioWrong(
                "The step looks at an answer",
                expected="a step before it that asks the server for something",
                got="nothing was asked in this scenario yet",
            )
        return self._answers

    @property
    def answer(self) -> AnyAnswer:
        """The answer to the latest action, or the last of many."""
        return self.answers[-1]

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

    @property
    def listed(self) -> list[Order]:
        """The orders that the latest answers show, in their order."""
        return self.shown_in(self.answers)

    def shown_in(self, answers: Sequence[AnyAnswer]) -> list[Order]:
        """The orders that these answers show, in their order."""
        shown = [order for answer in answers for order in orders_in(answer)]
        return [order for order in shown if order.order_id not in self.discarded]

    def sightings(
        self, placement: Placement, answers: Sequence[AnyAnswer] | None = None
    ) -> list[Order]:
        """The order as these answers, or else the latest ones, show it.

        Raises ContractBroken if none does.
        """
        shown = self.shown_in(self.answers if answers is None else answers)
        found = [order for order in shown if order.order_id == placement.order.order_id]
        if not found:
            raise ContractBroken(
                "The answer does not show the order",
                expected=f"order {placement.order.order_id}",
                got=", ".join(order.order_id for order in shown) or "no order",
            )
        return found

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
        """What the scenario calls the order, or else its ID."""
        names = [f"order {name}" for name, each in self._by_name.items() if each.has(order_id)]
        return names[0] if names else order_id

    def select(self, selection: Selection) -> Sequence[Placement]:
        """The orders that a step speaks of."""
        if selection.names:
            return [self.named(name) for name in selection.names]
        latest = self.latest
        if selection.which is Which.LATEST:
            return [latest]
        return self._placements[:1] if selection.which is Which.FIRST else self._placements

    def ids_of(self, target: Selection) -> list[str]:
        """The order IDs that a step speaks of."""
        return [placement.order.order_id for placement in self.select(target)]
