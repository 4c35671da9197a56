"""Which of our requests stands behind one of theirs, and where things are found."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from driver.contract import Terms
from faults.translating.spelling import Swap

_ORDER_ID = "{order_id}"


class Call(Enum):
    """What is asked for."""

    PLACE = auto()
    VIEW = auto()
    LIST = auto()
    CANCEL = auto()
    HEALTH = auto()
    DOCUMENT = auto()
    EVENTS = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes; the path is percent-encoded."""

    call: Call
    method: str
    path: str

    def order_in(self, path: str) -> str | None:
        """The ID of the order in a path of this form, empty if it has none; None for others."""
        before, has_order, after = self.path.partition(_ORDER_ID)
        form = re.escape(before) + ("([^/]*)" if has_order else "()") + re.escape(after)
        found = re.fullmatch(form, path)
        return found[1] if found else None

    def to(self, order_id: str) -> Self:
        """The same for this order."""
        return type(self)(self.call, self.method, self.path.replace(_ORDER_ID, order_id))


class Routes:
    """The requests of both sides."""

    def __init__(self, ours: Terms, theirs: Terms) -> None:
        self._ours, self._theirs = _routes(ours), _routes(theirs)
        self._unknown = ours.endpoints.unknown
        self._their_unknown = theirs.endpoints.unknown
        self._prefix: str = ours.rejections.prefix
        self._their_prefix: str = theirs.rejections.prefix
        self.types = Swap(
            {rule.type: theirs.reasons[reason].type for reason, rule in ours.reasons.items()}
        )

    def ours(self, method: str, path: str) -> Route:
        """Our request behind one of theirs; what they do not have, we must not have either."""
        found = [
            (route, order)
            for route in self._theirs.values()
            if (order := route.order_in(path)) is not None
        ]
        for route, order in found:
            if route.method == method:
                return self._ours[route.call].to(order)
        for route, order in found:
            return self._unsupported(method, self._ours[route.call].to(order).path)
        if path.startswith(self._their_prefix):
            slug = path.removeprefix(self._their_prefix)
            return Route(Call.OTHER, method, self._prefix + self.types.ours(slug))
        return Route(Call.OTHER, method, self._unknown if path == self._their_unknown else path)

    def location(self, place: str) -> str:
        """Where they have the order that we have there; any other place as it is."""
        order = self._ours[Call.VIEW].order_in(place)
        return place if order is None else self._theirs[Call.VIEW].to(order).path

    def problem_type(self, uri: str) -> str:
        """What they call the type of a rejection; what is none as it is."""
        if not uri.startswith(self._prefix):
            return uri
        return self._their_prefix + self.types.theirs(uri.removeprefix(self._prefix))

    def _unsupported(self, method: str, path: str) -> Route:
        """A place that they have, but not with this method."""
        ours = {route.method for route in self._ours.values() if route.order_in(path) is not None}
        return Route(Call.OTHER, method, self._unknown if method in ours else path)


def _routes(terms: Terms) -> dict[Call, Route]:
    has = terms.endpoints
    routes = {
        call: Route(call, endpoint.method, endpoint.path)
        for call, endpoint in (
            (Call.PLACE, has.place),
            (Call.VIEW, has.view),
            (Call.LIST, has.list),
            (Call.CANCEL, has.cancel),
            (Call.HEALTH, has.health),
            (Call.DOCUMENT, has.document),
        )
    }
    return {**routes, Call.EVENTS: Route(Call.EVENTS, "GET", has.events)}
