"""What is said over HTTP in one dialect, said in the other. Knows nothing of sockets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from driver import TRADING
from driver.contract import Terms
from faults.translating.frames import Frames
from faults.translating.json_text import Members, Number, parse, written
from faults.translating.routes import Call, Routes
from faults.translating.spelling import Fields, Swap, Words, put

_FIRST_REJECTION = 400
_OURS = TRADING.terms
_DRAFT = ("reference", "symbol", "side", "quantity")
_ORDER = ("order_id", *_DRAFT, "status", "created_at", "updated_at")
_FILTERS = ("status", "symbol", "reference", "limit", "cursor")


@dataclass(frozen=True, slots=True)
class Reply:
    """The code and the body of an answer."""

    code: int
    body: bytes


class Translation:
    """Between the project's own contract, which is ours, and `theirs`, which offers the same."""

    def __init__(self, theirs: Terms) -> None:
        self.longest_body: int = theirs.longest_body
        self.routes = Routes(_OURS, theirs)
        self.frames = Frames(_OURS, theirs)
        self._theirs = theirs
        self._statuses = Swap(
            {word: theirs.words.statuses[each] for each, word in _OURS.words.statuses.items()}
        )
        sides = {word: theirs.words.sides[each] for each, word in _OURS.words.sides.items()}
        words: Words = {"status": self._statuses, "side": Swap(sides)}
        self._draft = Fields.of(_OURS.draft, theirs.draft, _DRAFT, words)
        self._order = Fields.of(_OURS.order, theirs.order, _ORDER, words)
        self._page = Fields.of(_OURS.page, theirs.page, ("orders", "next_cursor"), {})
        about = ("order_id", "status")
        self._problem = Fields.of(_OURS.problem, theirs.problem, about, words)
        mine = _OURS.filters
        self._filters = Swap({getattr(mine, n): getattr(theirs.filters, n) for n in _FILTERS})
        self._since = Swap({_OURS.endpoints.since: theirs.endpoints.since})

    def query(self, call: Call, query: bytes) -> bytes:
        """The query of a request of theirs."""
        names = {Call.LIST: self._filters, Call.EVENTS: self._since}.get(call)
        if names is None or not query:
            return query
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
        said = [(names.ours(name), value) for name, value in pairs]
        if call is Call.LIST:
            said = [(name, self._filter_value(name, value)) for name, value in said]
        return urlencode(said, encoding="latin-1").encode()

    def body(self, body: bytes) -> bytes:
        """The body of their request to place an order, of the same length if it can be.

        How long a body may be is part of the contract.
        """
        document = _read(body)
        if not isinstance(document, Members):
            return body
        said = Members(self._draft.to_ours(document))
        for name, value in self._theirs.draft.fixed.items():
            said = Members(member for member in said if not _is(member, name, value))
        return written(said).encode().ljust(len(body))

    def reply(self, call: Call, reply: Reply) -> Reply:
        """Our answer to a request."""
        document = _read(reply.body)
        if reply.code >= _FIRST_REJECTION:
            is_problem = isinstance(document, Members)
            return self._rejection(call, reply.code, document) if is_problem else reply
        code = self._success(call, reply.code)
        told = self._told(call)
        if told is None or not isinstance(document, Members):
            return replace(reply, code=code)
        return Reply(code, written(told(document)).encode())

    def _told(self, call: Call) -> Callable[[Members], Members] | None:
        if call in (Call.PLACE, Call.VIEW, Call.CANCEL):
            return self._lone_order
        return self._listed if call is Call.LIST else None

    def _lone_order(self, document: Members) -> Members:
        whole = Members()
        put(whole, self._theirs.order.at, self._order.to_theirs(document))
        return whole

    def _listed(self, document: Members) -> Members:
        page = Members()
        for name, value in document:
            is_list = name == _OURS.page.orders and isinstance(value, list)
            page.append((name, [self._listed_order(each) for each in value] if is_list else value))
        return self._page.to_theirs(page)

    def _listed_order(self, document: Any) -> Any:
        return self._order.to_theirs(document) if isinstance(document, Members) else document

    def _success(self, call: Call, code: int) -> int:
        name = call.name.lower()
        if not hasattr(_OURS.endpoints, name) or call is Call.EVENTS:
            return code
        mine, other = getattr(_OURS.endpoints, name), getattr(self._theirs.endpoints, name)
        return Swap[int]({mine.code: other.code}).theirs(code)

    def _rejection(self, call: Call, code: int, problem: Members) -> Reply:
        """The members are told in other words, and the code is what they have for this reason."""
        codes = self._codes_of(problem.first("type"))
        said = Members()
        for name, value in self._problem.to_theirs(problem):
            if name == "type" and isinstance(value, str):
                said.append((name, self.routes.problem_type(value)))
            elif name == "status" and isinstance(value, Number) and value.isdecimal():
                said.append((name, Number(codes.theirs(int(value)))))
            elif name == "errors" and isinstance(value, list):
                said.append((name, [self._error(call, each) for each in value]))
            else:
                said.append((name, value))
        return Reply(codes.theirs(code), written(said).encode())

    def _codes_of(self, kind: Any) -> Swap[int]:
        slug = str(kind).removeprefix(_OURS.rejections.prefix)
        for reason, rule in _OURS.reasons.items():
            if rule.type == slug:
                return Swap({rule.code: self._theirs.reasons[reason].code})
        return Swap({})

    def _error(self, call: Call, error: Any) -> Any:
        if not isinstance(error, Members):
            return error
        return Members(
            (name, self._pointer(call, value) if name == "pointer" else value)
            for name, value in error
        )

    def _pointer(self, call: Call, pointer: Any) -> Any:
        """A parameter's name, or where a field stands (RFC 6901); anything else as it is."""
        if not isinstance(pointer, str):
            return pointer
        if not pointer.startswith("/"):
            return self._filters.theirs(pointer) if call is Call.LIST else pointer
        return "/" + self._draft.path(pointer[1:]).replace(".", "/")

    def _filter_value(self, name: str, value: str) -> str:
        return self._statuses.ours(value) if name == _OURS.filters.status else value


def _read(body: bytes) -> Any:
    """The document; None for what is no JSON."""
    try:
        return parse(body.decode())
    except (ValueError, RecursionError):
        return None


def _is(member: tuple[str, Any], name: str, value: Any) -> bool:
    return member[0] == name and written(member[1]) == written(value)
