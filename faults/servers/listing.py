"""Servers that show too few, too many or the wrong orders."""

from dataclasses import replace

from app.domain import Order, OrderStatus, UnknownOrder
from app.exchange import InMemoryOrderStore, OrderFilter, Page
from app.wiring import Parts
from faults.altering import Query, altering_queries
from faults.fault import ACCEPTED, LISTED, OWN_LISTS, REFERRED, Fault, Selection


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


class _PagesOfFifty(InMemoryOrderStore):
    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        return await super().page(wanted, after, 50 if limit == _USUAL_LIMIT else limit)


class _ByLastChange(InMemoryOrderStore):
    """Counts orders in the sequence of their last change, which moves while somebody walks."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        everything = await super().page(wanted, 0, len(self._orders))
        orders = sorted(everything.orders, key=lambda order: order.updated_at)
        end = after + limit
        return Page(tuple(orders[after:end]), end if end < len(orders) else None)


class _CountedFromTheEnd(InMemoryOrderStore):
    """A cursor says how many orders are left: new ones shift the next page."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        orders = (await super().page(wanted, 0, len(self._orders))).orders
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
    store: type[InMemoryOrderStore],
    selection: Selection = LISTED,
) -> Fault:
    return Fault(name, breaks, (about,), Parts(store=store), selection=selection)


FAULTS = (
    _stored(
        "executed-orders-forgotten",
        "Every order stays readable.",
        "viewing_orders: An executed order is shown as EXECUTED",
        _ForgetsExecuted,
        ACCEPTED,
    ),
    _stored(
        "newest-first",
        "Orders are listed oldest first.",
        "listing_orders: All orders of a currency pair are listed, oldest first",
        _NewestFirst,
    ),
    _stored(
        "status-filter-ignored",
        "A list can be narrowed to a status.",
        "listing_orders: To a status",
        _StatusFilterIgnored,
    ),
    _stored(
        "reference-filter-ignored",
        "A list can be narrowed to a reference.",
        "listing_orders: To a reference",
        _ReferenceFilterIgnored,
        REFERRED,
    ),
    _stored(
        "cancelled-orders-unlisted",
        "A cancelled order stays in the list.",
        "listing_orders: A cancelled order stays in the list",
        _CancelledUnlisted,
    ),
    _stored(
        "last-full-page-cut",
        "A walk meets every order exactly once, also when the last page is full.",
        "listing_orders: The last page may be full",
        _LastFullPageCut,
    ),
    _stored(
        "pages-of-fifty",
        "A page shows 100 orders unless told otherwise.",
        "listing_orders: A page shows 100 orders unless told otherwise",
        _PagesOfFifty,
    ),
    _stored(
        "pages-by-last-change",
        "A walk meets every order exactly once, also those that change meanwhile.",
        "listing_orders: Orders that change during a walk do not disturb it",
        _ByLastChange,
    ),
    _stored(
        "cursor-counts-from-the-end",
        "Orders that arrive during a walk do not disturb it.",
        "listing_orders: Orders that arrive during a walk do not disturb it",
        _CountedFromTheEnd,
    ),
    _stored(
        "empty-list-is-unknown",
        "A list that no order belongs to is empty.",
        "listing_orders: A currency pair that nobody trades has an empty list",
        _EmptyListIsUnknown,
    ),
    _stored(
        "status-filter-needs-a-symbol",
        "A list can be narrowed to a status alone.",
        "listing_orders: To a status, whatever the currency pair",
        _StatusNeedsSymbol,
        OWN_LISTS,
    ),
    _stored(
        "only-open-orders-unless-filtered",
        "A list without filters shows all orders.",
        "listing_orders: All orders can be listed",
        _OpenOrdersUnlessFiltered,
        OWN_LISTS,
    ),
    Fault(
        "limit-capped",
        breaks="A limit over 500 is rejected.",
        about=('listing_orders: A <filter> of "<value>" makes no sense … filter=limit, value=501',),
        wrap=altering_queries(_limit_capped),
        selection=LISTED,
    ),
    Fault(
        "bad-cursor-starts-over",
        breaks="A cursor that no page gave is rejected.",
        about=('listing_orders: A <filter> of "<value>" makes no sense … filter=cursor',),
        wrap=altering_queries(_bad_cursor_dropped),
        selection=LISTED,
    ),
    Fault(
        "status-filter-in-any-case",
        breaks="A status that does not exist is rejected.",
        about=(
            'listing_orders: A <filter> of "<value>" makes no sense … filter=status, value=pend',
        ),
        wrap=altering_queries(_status_in_any_case),
        selection=LISTED,
    ),
)
