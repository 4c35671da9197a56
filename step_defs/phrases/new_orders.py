"""Orders as a step speaks of them before they exist, such as `5 orders in EURUSD`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bdd import PlaceholderType
from driver import Draft, Side
from step_defs.phrases.names import pair
from step_defs.phrases.numbers import count, quantity
from step_defs.phrases.reading import A_WORD, choice, one_of, without_names
from step_defs.world.drafts import REFERENCE, draft, unique_reference
from step_defs.world.world import World

_LIKE = r"the same reference(?: in capital letters| and one more letter)?"
_FORM = (
    r"(?:an order|another order|(?!all |every |the |these )(?P<count>\S+) orders)"
    r"(?: to (?P<side>\S+) (?P<quantity>\S+) (?P<pair>\S+)| in (?P<symbol>[^\s,]+)"
    rf"| with (?P<reference>one reference|{_LIKE}))?"
    r"(?: at the same time|, (?P<batch>\S+) at a time)?"
)
_PATTERN = without_names(_FORM)
_MEANING = (
    "`an order`, which is to buy 100 EURUSD; `an order to sell 5 GBPUSD`; `20 orders`, placed at "
    "the same time; `20 orders in EURUSD`; `20 orders with one reference`; `another order with "
    "the same reference` as the latest, which may end with `in capital letters` or `and one more "
    "letter`; `1000 orders, 100 at a time`"
)
SIDES = {side.name.lower(): side for side in Side} | {side.name: side for side in Side}


@dataclass(frozen=True, slots=True)
class NewOrders:
    """So many orders, at most `batch` of them at the same moment."""

    count: int
    batch: int
    side: Side
    quantity: str
    symbol: str
    reference: str

    def batches(self, world: World) -> list[Sequence[Draft]]:
        """The orders, those to be placed at the same moment together."""
        symbol = world.symbol(self.symbol)
        wanted = [draft(self.side, self.quantity, symbol) for _ in range(self.count)]
        reference = self._shared_reference(world)
        if reference is not None:
            wanted = [{**each, REFERENCE: reference} for each in wanted]
        starts = range(0, self.count, self.batch)
        return [wanted[start : start + self.batch] for start in starts]

    def _shared_reference(self, world: World) -> object:
        if self.reference == "one reference":
            return unique_reference()
        return _like(str(world.latest.reference), self.reference) if self.reference else None


def _like(reference: str, wanted: str) -> str:
    if wanted.endswith("in capital letters"):
        return reference.upper()
    return f"{reference}x" if wanted.endswith("one more letter") else reference


def _read(text: str) -> NewOrders:
    """The orders that the text speaks of. Raises ValueError for a word that makes no sense."""
    match = re.fullmatch(_FORM, text)
    if match is None:
        raise ValueError(f"write {_MEANING}")
    number = count(match["count"] or "1")
    return NewOrders(
        count=number,
        batch=count(match["batch"]) if match["batch"] else number,
        side=one_of(SIDES)(match["side"] or "buy"),
        quantity=quantity(match["quantity"] or "100"),
        symbol=pair(match["pair"] or match["symbol"] or "EURUSD"),
        reference=match["reference"] or "",
    )


TYPES = (
    PlaceholderType("NewOrders", _read, _PATTERN, "an order", _MEANING),
    choice("Side", SIDES, A_WORD, "buy"),
)
