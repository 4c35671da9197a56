"""Orders of the scenario and their statuses, as a step refers to them."""

from bdd import PlaceholderType
from driver import OrderStatus
from step_defs.checks.orders import CONTENTS
from step_defs.phrases.reading import A_WORD, NAMES, QUOTED, choice, names, phrase
from step_defs.phrases.things import selected
from step_defs.world.selection import NEVER_EXISTED, Selection, Target, Which

ORDERS = f"(?:{'|'.join(Which)}|orders? {NAMES})"
STATUSES = {str(status): status for status in OrderStatus}
_PENDING, _EXECUTED = str(OrderStatus.PENDING), str(OrderStatus.EXECUTED)
_PLACED = dict.fromkeys(("placed", "placed at the same time"), OrderStatus.PENDING)
_MEANING = (
    "`the order`: the latest one; `the first order`; `every order` or `all orders` of the "
    "scenario; or by their names, `order A`, `orders A and B`"
)


def selection(text: str) -> Selection:
    """`the order`, `orders A and B`."""
    if text in list(Which):
        return Selection(Which(text))
    return Selection(None, names(text.removeprefix("orders ").removeprefix("order ")))


def _target(text: str) -> Target:
    if text == "an order that never existed":
        return NEVER_EXISTED
    if text.startswith('an order with ID "'):
        return text.split('"')[1]
    return selection(text)


TYPES = (
    PlaceholderType("Orders", selection, ORDERS, "the order", _MEANING, needs=selected),
    PlaceholderType(
        "Target",
        _target,
        rf"(?:{ORDERS}|an order that never existed|an order with ID {QUOTED})",
        "order A",
        f'{_MEANING}; `an order that never existed`; `an order with ID "1"`',
        needs=selected,
    ),
    choice("Status", STATUSES, A_WORD, _EXECUTED, (_PENDING, _EXECUTED)),
    phrase("Announced", _PLACED | STATUSES, "placed"),
    phrase("Content", CONTENTS, "what was ordered"),
)
