"""Servers whose pages are too short, can be read once only, or show orders out of date."""

from app.domain import OrderStatus
from faults.altering import HttpAnswer, Query, altering_answers, altering_queries
from faults.fault import LISTED, LONG_PAGES, Fault

_MOST = 200
_PROMISED = 500


def _capped(query: Query) -> Query:
    limit = query.get("limit", "")
    is_too_many = limit.isdecimal() and _MOST < int(limit) <= _PROMISED
    return query | ({"limit": str(_MOST)} if is_too_many else {})


class _OneUse:
    """Forgets each cursor when it has been used."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def __call__(self, query: Query) -> Query:
        cursor = query.get("cursor", "")
        if cursor in self._used:
            return query | {"cursor": "used"}
        self._used |= {cursor} - {""}
        return query


def _is_list(answer: HttpAnswer) -> bool:
    return (answer.method, answer.path, answer.problem) == ("GET", "/orders", "")


def _time_of_creation(answer: HttpAnswer) -> HttpAnswer:
    if not _is_list(answer):
        return answer
    page = answer.json
    orders = [order | {"updatedAt": order["createdAt"]} for order in page["orders"]]
    return answer.with_json(page | {"orders": orders})


def _without_cancelled_reference(answer: HttpAnswer) -> HttpAnswer:
    if not _is_list(answer):
        return answer
    page = answer.json
    orders = [
        order | ({"clientOrderId": None} if order["orderStatus"] == OrderStatus.CANCELLED else {})
        for order in page["orders"]
    ]
    return answer.with_json(page | {"orders": orders})


_WHOLE = ("listing_orders: An order is listed as it is shown when viewed",)

FAULTS = (
    Fault(
        "page-capped-at-200",
        breaks="A page has up to 500 orders, as requested.",
        about=("listing_orders: The page size may be 500",),
        rule="Listing orders: Paging returns every order exactly once",
        wrap=altering_queries(_capped),
        selection=LONG_PAGES,
    ),
    Fault(
        "cursor-used-once",
        breaks="A cursor may be used again and goes on from the same place.",
        about=("listing_orders: A page can be requested again",),
        rule="Listing orders: Paging returns every order exactly once",
        wrap=altering_queries(_OneUse()),
        selection=LISTED,
    ),
    Fault(
        "listed-times-never-move",
        breaks="A list shows orders with the times at which their statuses were assigned.",
        about=_WHOLE,
        rule="Listing orders: A list shows each order as it is shown when viewed",
        wrap=altering_answers(_time_of_creation),
        selection=LISTED,
    ),
    Fault(
        "cancelled-orders-listed-without-reference",
        breaks="A list shows whole orders, whatever their status.",
        about=_WHOLE,
        rule="Listing orders: A list shows each order as it is shown when viewed",
        wrap=altering_answers(_without_cancelled_reference),
        selection=LISTED,
    ),
)
