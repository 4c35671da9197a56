"""Whether something that a dialect declares missing is there after all.

Each probe speaks to the server as if it offered the one thing, and finds whether it does. Not tried
is what only time would show (heartbeats, delays of answers), what needs a server of its own
(settings, a key) or a browser (a page), and what is found anyway: the forms of answers and frames
have no place for a greeting, a number, a stream's name, a previous status or problem details that
are declared missing, and a dialect whose reasons all differ cannot say that they do not.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from decimal import Decimal

from driver.contract import Contract
from driver.errors import ContractViolation
from driver.messages import Draft, Order, OrderPage, Rejection, Unquoted
from driver.orders import OrdersClient
from driver.vocabulary import (
    Action,
    Capability,
    Malformed,
    OrderStatus,
    Reason,
    Side,
    Stranger,
    Unsupported,
)

REPLAY_SECONDS = 1.0


def found_after_all(base_url: str, contract: Contract, timeout: float) -> Iterator[Capability]:
    """What the contract says is missing, and the server at `base_url` offers all the same."""
    for capability, is_there in PROBES.items():
        if contract.offers(capability):
            continue
        client = OrdersClient(base_url, contract.promising(capability), timeout)
        with closing(client), suppress(ContractViolation):
            if is_there(client):
                yield capability


def _draft(**fields: object) -> Draft:
    return {"symbol": "EURUSD", "side": Side.SELL, "quantity": Unquoted("1"), **fields}


def _placed(client: OrdersClient, **fields: object) -> Order | Rejection:
    return client.place(_draft(**fields)).outcome


def _has_references(client: OrdersClient) -> bool:
    reference = secrets.token_hex(16)
    order = _placed(client, reference=reference)
    return isinstance(order, Order) and order.reference == reference


def _has_sides(client: OrdersClient) -> bool:
    order = _placed(client)
    return isinstance(order, Order) and order.side is Side.SELL


def _accepts(client: OrdersClient) -> bool:
    return isinstance(_placed(client), Order)


def _accepts_fractions(client: OrdersClient) -> bool:
    order = _placed(client, quantity=Unquoted("0.5"))
    return isinstance(order, Order) and str(order.quantity) == "0.5"


def _rejects_unknown_fields(client: OrdersClient) -> bool:
    return isinstance(_placed(client, colour="red"), Rejection)


def _takes_both(client: OrdersClient) -> bool:
    return all(isinstance(_placed(client, quantity=each), Order) for each in ("1", Unquoted("1")))


def _trades_anything(client: OrdersClient) -> bool:
    return all(isinstance(_placed(client, symbol=each), Order) for each in ("NZDCAD", "QQQZZZ"))


def _rejects(client: OrdersClient, reason: Reason, **fields: object) -> bool:
    outcome = _placed(client, **fields)
    return isinstance(outcome, Rejection) and outcome.reason is reason


def _rules_symbols(client: OrdersClient) -> bool:
    if not client.offers(Capability.ANY_SYMBOL):
        return False  # what is none of the few symbols is rejected for that
    return all(_rejects(client, Reason.INVALID_ORDER, symbol=each) for each in ("eurusd", "EU"))


def _rules_quantities(client: OrdersClient) -> bool:
    least, wrong = Decimal("0.00000001"), (Unquoted("1.000000001"), Unquoted("1000000001"))
    order = _placed(client, quantity=Unquoted(f"{least:f}"))
    if not isinstance(order, Order) or order.quantity != least:
        return False
    return all(_rejects(client, Reason.INVALID_ORDER, quantity=each) for each in wrong)


def _rejects_invalid_queries(client: OrdersClient) -> bool:
    outcome = client.list(limit="0", status="NO_SUCH").outcome
    return isinstance(outcome, Rejection) and outcome.reason is Reason.INVALID_QUERY


def _explains_the_unsupported(client: OrdersClient) -> bool:
    return all(
        isinstance(client.request_unsupported(each).outcome, Rejection)
        for each in (Unsupported.UNKNOWN_PATH, Unsupported.REPLACE_ALL)
    )


def _keeps_out(client: OrdersClient, stranger: Stranger) -> bool:
    return isinstance(client.attempt(stranger, Action.PLACE, _draft(), "").outcome, Rejection)


def _limits_bodies(client: OrdersClient) -> bool:
    outcome = client.place_malformed(Malformed.TOO_LONG, _draft()).outcome
    return isinstance(outcome, Rejection) and outcome.reason is Reason.TOO_LARGE


def _is_healthy(client: OrdersClient) -> bool:
    return client.check_health().outcome is None


def _publishes(client: OrdersClient) -> bool:
    return client.published_version() is not None


def _filters(client: OrdersClient) -> bool:
    every = client.list().outcome
    some = client.list(symbol="ZZZZZZ").outcome
    if not isinstance(every, OrderPage) or not isinstance(some, OrderPage):
        return False
    return bool(every.orders) and not some.orders


def _pages(client: OrdersClient) -> bool:
    page = client.list(limit="1").outcome
    return isinstance(page, OrderPage) and page.next_cursor is not None


def _replays(client: OrdersClient) -> bool:
    order = _placed(client)
    if not isinstance(order, Order):
        return False
    with closing(client.subscribe("0")) as subscription:
        return subscription.wait_for_status(order.order_id, OrderStatus.PENDING, REPLAY_SECONDS)


PROBES: dict[Capability, Callable[[OrdersClient], bool]] = {
    Capability.REFERENCES: _has_references,
    Capability.SIDE: _has_sides,
    Capability.TIMES: _accepts,
    Capability.LOCATION: _accepts,
    Capability.UUIDS: _accepts,
    Capability.QUOTED_QUANTITIES: _takes_both,
    Capability.ANY_SYMBOL: _trades_anything,
    Capability.FRACTIONS: _accepts_fractions,
    Capability.STRICT_FIELDS: _rejects_unknown_fields,
    Capability.SYMBOL_RULE: _rules_symbols,
    Capability.QUANTITY_RULE: _rules_quantities,
    Capability.STRICT_QUERIES: _rejects_invalid_queries,
    Capability.UNSUPPORTED: _explains_the_unsupported,
    Capability.ORIGIN_CHECK: lambda client: _keeps_out(client, Stranger.FOREIGN_PAGE),
    Capability.BODY_LIMIT: _limits_bodies,
    Capability.HEALTH: _is_healthy,
    Capability.DOCUMENT: _publishes,
    Capability.FILTERS: _filters,
    Capability.PAGING: _pages,
    Capability.REPLAY: _replays,
}
