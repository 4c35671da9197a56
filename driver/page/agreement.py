"""That the page shows what the API tells; what differs is a ContractViolation."""

from driver.errors import ContractViolation, Part
from driver.messages import Order, OrderPage, Rejection
from driver.vocabulary import OrderStatus


def require_same_order(shown: Order | Rejection, told: Order | Rejection) -> None:
    """The page was asked after the API, so it may only know more of a PENDING order."""
    if isinstance(shown, Rejection) or isinstance(told, Rejection):
        both = isinstance(shown, Rejection) and isinstance(told, Rejection)
        require_same(both and shown.reason is told.reason, "an order", shown, told)  # type: ignore[union-attr]
    elif told.status is not OrderStatus.PENDING:
        require_same(shown == told, "an order", shown, told)


def require_same_list(shown: OrderPage | Rejection, told: OrderPage | Rejection) -> None:
    """The page shows the same orders, in the same sequence, as a list that is no longer than it."""
    if isinstance(shown, OrderPage) and isinstance(told, OrderPage) and told.next_cursor is None:
        by_page = [order.order_id for order in shown.orders]
        by_api = [order.order_id for order in told.orders]
        require_same(by_page == by_api, "a list", by_page, by_api)


def require_same(same: bool, what: str, shown: object, told: object) -> None:
    """Raises ContractViolation unless the page shows `what` as the API tells it."""
    if not same:
        finding = f"the page shows {what} otherwise than the API tells it: {shown}"
        raise ContractViolation("The page", (finding,), f"by the API: {told}", Part.PAGE)
