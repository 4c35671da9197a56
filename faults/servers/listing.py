"""Servers that show too few, too many or the wrong orders."""

from dataclasses import replace

from app.domain import Order, OrderStatus, UnknownOrder
from app.exchange import InMemoryOrderStore, OrderFilter, Page
from app.wiring import Parts
from faults.altering import Query, altering_queries
from faults.fault import ACCEPTED, LISTED, OWN_LISTS, REFERRED, Fault, ScenarioSet


class _ForgetsExecuted(InMemoryOrderStore):
    async def get(self, order_id: str) -> Order | None:
        order = await super().get(order_id)
        return None if order and order.status is OrderStatus.EXECUTED else order


class _NewestFirst(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        page = await super().page(wanted, after, limit)
        return replace(page, orders=page.orders[::-1])


class _StatusFilterIgnored(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        return await super().page(replace(wanted, status=None), after, limit)


class _ReferenceFilterIgnored(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        return await super().page(replace(wanted, client_order_id=None), after, limit)


class _CancelledUnlisted(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        page = await super().page(wanted, after, limit)
        kept = [order for order in page.orders if order.status is not OrderStatus.CANCELLED]
        return replace(page, orders=tuple(kept))


class _LastFullPageCut(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        page = await super().page(wanted, after, limit)
        is_last_of_many = after > 0 and page.next_after is None
        if is_last_of_many and len(page.orders) == limit:
            return replace(page, orders=page.orders[:-1])
        return page


_USUAL_LIMIT = 100
_ALL = 10**9


class _PagesOfFifty(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        return await super().page(wanted, after, 50 if limit == _USUAL_LIMIT else limit)


class _ByLastChange(InMemoryOrderStore):
    """Orders the list by last change, which moves while a client is paging."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        everything = await super().page(wanted, 0, _ALL)
        orders = sorted(everything.orders, key=lambda order: order.updated_at)
        end = after + limit
        return Page(tuple(orders[after:end]), end if end < len(orders) else None)


class _CountedFromTheEnd(InMemoryOrderStore):
    """A cursor says how many orders are left: new ones shift the next page."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        orders = (await super().page(wanted, 0, _ALL)).orders
        start = len(orders) - after if after else 0
        left = len(orders) - start - limit
        return Page(orders[start : start + limit], left if left > 0 else None)


class _EmptyListIsUnknown(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        page = await super().page(wanted, after, limit)
        if not page.orders:
            raise UnknownOrder
        return page


class _StatusNeedsSymbol(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        status = wanted.status if wanted.symbol else None
        return await super().page(replace(wanted, status=status), after, limit)


class _OpenOrdersUnlessFiltered(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        is_unfiltered = wanted == OrderFilter()
        usual = OrderFilter(OrderStatus.PENDING) if is_unfiltered else wanted
        return await super().page(usual, after, limit)


def _limit_capped(query: Query) -> Query:
    return query | ({"limit": "500"} if query.get("limit") == "501" else {})


def _bad_cursor_dropped(query: Query) -> Query:
    is_bad = query.get("cursor") == "nonsense"
    return {name: value for name, value in query.items() if not (is_bad and name == "cursor")}


def _status_in_any_case(query: Query) -> Query:
    return query | ({"status": query["status"].upper()} if "status" in query else {})


def _stored(
    name: str,
    breaks: str,
    about: str,
    rule: str,
    store: type[InMemoryOrderStore],
    *,
    selection: ScenarioSet = LISTED,
) -> Fault:
    return Fault(name, breaks, (about,), rule, Parts(store=store), selection=selection)


FAULTS = (
    _stored(
        "executed-orders-forgotten",
        "Every order can be viewed at any time.",
        "viewing_orders: An executed order is shown as EXECUTED",
        "Viewing an order: An order is shown as it was ordered",
        _ForgetsExecuted,
        selection=ACCEPTED,
    ),
    _stored(
        "newest-first",
        "Orders are listed oldest first.",
        "listing_orders: All orders in a currency pair are listed, oldest first",
        "Listing orders: All orders are listed, oldest first",
        _NewestFirst,
    ),
    _stored(
        "status-filter-ignored",
        "A list can be filtered by status.",
        "listing_orders: Orders can be filtered by status",
        "Listing orders: Orders can be filtered",
        _StatusFilterIgnored,
    ),
    _stored(
        "reference-filter-ignored",
        "A list can be filtered by reference.",
        "listing_orders: Orders can be filtered by reference",
        "Listing orders: Orders can be filtered",
        _ReferenceFilterIgnored,
        selection=REFERRED,
    ),
    _stored(
        "cancelled-orders-unlisted",
        "A cancelled order remains in the list.",
        "listing_orders: A cancelled order remains in the list",
        "Listing orders: All orders are listed, oldest first",
        _CancelledUnlisted,
    ),
    _stored(
        "last-full-page-cut",
        "Paging returns every order exactly once, even when the last page is full.",
        "listing_orders: The last page may be full",
        "Listing orders: Paging returns every order exactly once",
        _LastFullPageCut,
    ),
    _stored(
        "pages-of-fifty",
        "A page has 100 orders unless another page size is requested.",
        "listing_orders: 101 orders are split into pages of 100 and 1",
        "Listing orders: A page has 100 orders unless",
        _PagesOfFifty,
    ),
    _stored(
        "pages-by-last-change",
        "Paging returns every order exactly once, even those that change meanwhile.",
        "listing_orders: Status changes do not disturb paging",
        "Listing orders: Paging returns every order exactly once",
        _ByLastChange,
    ),
    _stored(
        "cursor-counts-from-the-end",
        "New orders do not disturb paging.",
        "listing_orders: New orders do not disturb paging",
        "Listing orders: Paging returns every order exactly once",
        _CountedFromTheEnd,
    ),
    _stored(
        "empty-list-is-unknown",
        "A list without matching orders is empty.",
        "listing_orders: The list of a currency pair without orders is empty",
        "Listing orders: All orders are listed, oldest first",
        _EmptyListIsUnknown,
    ),
    _stored(
        "status-filter-needs-a-symbol",
        "A list can be filtered by status alone.",
        "listing_orders: Orders can be filtered by status across all currency pairs",
        "Listing orders: Orders can be filtered",
        _StatusNeedsSymbol,
        selection=OWN_LISTS,
    ),
    _stored(
        "only-open-orders-unless-filtered",
        "A list without filters has all orders.",
        "listing_orders: All orders of the server can be listed",
        "Listing orders: All orders are listed, oldest first",
        _OpenOrdersUnlessFiltered,
        selection=OWN_LISTS,
    ),
    Fault(
        "limit-capped",
        breaks="A page size over 500 is rejected.",
        about=(
            'listing_orders: A <filter> of "<value>" is rejected as invalid '
            "… filter=page size, value=501",
        ),
        rule="Listing orders: Invalid list filters and page sizes are rejected",
        wrap=altering_queries(_limit_capped),
        selection=LISTED,
    ),
    Fault(
        "bad-cursor-starts-over",
        breaks="An invalid cursor is rejected.",
        about=('listing_orders: A <filter> of "<value>" is rejected as invalid … filter=cursor',),
        rule="Listing orders: Invalid list filters and page sizes are rejected",
        wrap=altering_queries(_bad_cursor_dropped),
        selection=LISTED,
    ),
    Fault(
        "status-filter-in-any-case",
        breaks="An unknown status is rejected.",
        about=(
            'listing_orders: A <filter> of "<value>" is rejected as invalid '
            "… filter=status, value=pend",
        ),
        rule="Listing orders: Invalid list filters and page sizes are rejected",
        wrap=altering_queries(_status_in_any_case),
        selection=LISTED,
    ),
)
