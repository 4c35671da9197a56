"""What the answers and frames of a server say of its dialect."""

from collections.abc import Mapping
from typing import Any

from driver.contract import Terms
from driver.probing import naming, rejections
from driver.probing.leaves import leaves, name_of
from driver.probing.naming import Lives, Names
from driver.probing.seen import Seen
from driver.probing.streaming import Stream
from driver.probing.talk import document
from driver.probing.writing import Draft

_SOON = 0.01  # seconds: an answer that comes sooner is not delayed
_OK = 200
_UNTOLD = ("heartbeat", "configuration", "api_key", "page")


class Findings:
    """Fills a draft, table by table."""

    def __init__(self, seen: Seen, built_in: Terms) -> None:
        self._seen = seen
        self._built_in = built_in
        self.draft = Draft(untold=list(_UNTOLD))
        shown = leaves(document(seen.first.answer))
        self._lives = Lives(
            sent=seen.first.sent,
            placed=shown,
            executed=leaves(document(seen.executed)) if seen.executed else {},
            cancelled=leaves(document(seen.cancelled_view)),
            id_path=seen.first.id_path,
        )
        self._names = naming.order_names(self._lives)

    def all(self) -> Draft:
        """The whole draft."""
        self._endpoints()
        self._draft_fields()
        self._order()
        self._words()
        self._events()
        self._forms()
        self._rejections()
        if self._seen.first.seconds < _SOON:
            self.draft.missing["answer_delays"] = "answers come at once"
        return self.draft

    def _endpoints(self) -> None:
        seen, say = self._seen, self.draft.say
        say("endpoints", place=_endpoint("POST", seen.first.path, seen.first.answer.code))
        say("endpoints", view=_endpoint("GET", seen.view, seen.viewed.code))
        say("endpoints", list=_endpoint("GET", seen.listing, seen.listed.code))
        if seen.cancel and seen.cancelled:
            found = _endpoint(*seen.cancel, seen.cancelled.code)
            say("endpoints", cancel={**found, "shows": self._shown_of_cancel()})
        else:
            self.draft.remark("endpoints", "cancel: no cancel was accepted, so say how it is done.")
        document_at = (seen.described.at, _OK) if seen.described.at else None
        for key, at in (("health", seen.health), ("document", document_at)):
            if at:
                say("endpoints", **{key: _endpoint("GET", *at)})
            else:
                self.draft.missing[key] = "the probe found none"
        if seen.events:
            say("endpoints", events=seen.events)
        else:
            self.draft.remark("endpoints", "events: no event stream was found, so say where it is.")

    def _shown_of_cancel(self) -> str:
        seen = self._seen
        if seen.cancelled is None or not seen.cancelled.body:
            return "nothing"
        found = leaves(document(seen.cancelled))
        return "order" if set(found) == set(self._lives.placed) else "anything"

    def _draft_fields(self) -> None:
        sent = self._seen.first.sent
        self.draft.say("draft", **sent.places)
        if sent.fixed:
            self.draft.say("draft", fixed=sent.fixed)

    def _order(self) -> None:
        seen, names = self._seen, self._names
        listed = document(seen.listed)
        found = naming.place_in_list(listed, seen.first.order_id)
        item = found[1] if found else None
        at = naming.order_place(names, self._lives.placed, item)
        start = f"{at}." if at else ""
        if at:
            self.draft.say("order", at=at)
        self._timed(names)
        own = {role: path.removeprefix(start) for role, path in names.paths.items()}
        self.draft.say("order", **own)
        rest = [path.removeprefix(start) for path in names.unknown if path.startswith(start)]
        around = [path for path in names.unknown if not path.startswith(start)]
        if around:
            self.draft.say("order", around=around)
        if rest:
            self.draft.say("order", ignored=rest)
            self.draft.remark("order", "ignored: what these fields mean could not be told.")
        self._filters(own)
        self._page(listed, found[0] if found else "")

    def _timed(self, names: Names) -> None:
        if not {"created_at", "updated_at"} <= set(names.paths):
            for role in ("created_at", "updated_at"):
                if role in names.paths:
                    names.unknown.append(names.paths.pop(role))
            self.draft.missing["times"] = "no two times are in an answer"

    def _filters(self, own: Mapping[str, str]) -> None:
        if self._seen.described.filters:
            self.draft.say("filters", **self._seen.described.filters)
            return
        known = {role: own[role] for role in ("status", "symbol", "reference") if role in own}
        self.draft.say("filters", **{role: name_of(path) for role, path in known.items()})
        self.draft.remark(
            "filters", "guessed by the names of the fields; limit and cursor are not."
        )

    def _page(self, listed: Any, orders: str) -> None:
        if not orders:
            self.draft.say("page", form="array")
            self.draft.missing["paging"] = "the list is an array"
            return
        self.draft.say("page", orders=orders)
        cursor = naming.cursor_in(listed, orders)
        if cursor is None:
            self.draft.missing["paging"] = "the list tells no place to go on"
        else:
            self.draft.say("page", next_cursor=cursor)
        rest = [path for path in leaves(listed) if path not in (orders, cursor)]
        if rest:
            self.draft.say("page", ignored=rest)

    def _words(self) -> None:
        path = self._names.paths.get("status", "")
        lives = self._lives
        words = {"PENDING": lives.placed, "EXECUTED": lives.executed, "CANCELLED": lives.cancelled}
        said: dict[str, str] = {}
        for word, found in words.items():
            it = found.get(path)
            if isinstance(it, str) and it not in said.values():
                said[word] = it
        self.draft.say("words", **said)
        if lacking := [word for word in words if word not in said]:
            self.draft.remark(
                "words", f"{' and '.join(lacking)} was not seen: say what it is called."
            )
        if self._seen.sides:
            buy, sell = self._seen.sides
            self.draft.say("words", BUY=buy, SELL=sell)
        if self._seen.symbols:
            self.draft.say("words", symbols=self._seen.symbols)
            self.draft.missing["any_symbol"] = "the probe tried these two only"
        if "side" not in self._names.paths:
            self.draft.missing["side"] = "no side is in an answer"

    def _forms(self) -> None:
        shown, paths, seen = self._lives.placed, self._names.paths, self._seen
        order_id = naming.id_form(seen.first.order_id)
        if order_id != "uuid":
            self.draft.missing["uuids"] = f"the first ID was {seen.first.order_id}"
        number = not isinstance(shown.get(paths.get("quantity", "")), str)
        sent = "either" if len(seen.takes) > 1 else "text" if str in seen.takes else "number"
        if sent != "either":
            self.draft.missing["quoted_quantities"] = f"a quantity is taken as {sent} only"
        time = naming.time_form(shown.get(paths.get("updated_at", "")))
        self.draft.say("forms", order_id=order_id, quantity="number" if number else "text")
        self.draft.say("forms", sent_quantity=sent, **({"time": time} if time else {}))

    def _rejections(self) -> None:
        if not self._seen.said:
            return
        found = rejections.rules(self._seen.said, self._built_in)
        if not found.with_details:
            self.draft.missing["problem_details"] = "no rejection has their content type"
            self.draft.say("problem", **found.problem)
        self.draft.say("rejections", **found.rejections)

    def _events(self) -> None:
        Stream(self._seen, self._lives, self._names, self.draft).say_all()


def _endpoint(method: str, path: str, code: int) -> dict[str, Any]:
    return {"method": method, "path": path, "code": code}
