"""What the frames of a subscription say of a server's dialect."""

from collections.abc import Mapping
from typing import Any

from driver.probing import naming
from driver.probing.leaves import arrays, leaves
from driver.probing.life import speaks_of
from driver.probing.naming import Lives, Names
from driver.probing.seen import Seen
from driver.probing.writing import Draft

_STATUSES = ("PENDING", "EXECUTED", "CANCELLED")
_OF_THE_ORDER = ("symbol", "side", "quantity", "created_at")
_NEEDED = {
    "sequence": ("numbering", "events have no number that grows"),
    "previous_status": ("previous_status", "no event tells the status before"),
    "occurred_at": ("times", "no event tells its time"),
    "reference": ("references", "no event has the reference"),
}
_BOTH = 2


class Stream:
    """Fills the tables `event`, `hello` and `frames`, and the words of events."""

    def __init__(self, seen: Seen, lives: Lives, names: Names, draft: Draft) -> None:
        self._seen = seen
        self._lives = lives
        self._order = names
        self._draft = draft

    def say_all(self) -> None:
        """Says what was found, or what could not be told."""
        if len(self._seen.told) < _BOTH:
            self._draft.remark(
                "event", "fewer than two events of an order came: say what they are."
            )
            self._without_hello("no event was seen")
            return
        at, events = self._events(self._seen.told, self._seen.first.order_id)
        names = naming.event_names(events, self._seen.first.order_id, self._lives, self._order)
        self._say_event(at, events, names)
        self._say_words(events, names)
        self._say_others(at, events, names)

    def _events(
        self, frames: list[Any], order_id: object
    ) -> tuple[str | None, list[Mapping[str, Any]]]:
        """Where in a frame the array of events is, if they are in one, and the events."""
        for path, items in arrays(frames[0]):
            if speaks_of(items, order_id):
                every = [items for frame in frames for p, items in arrays(frame) if p == path]
                told = [each for items in every for each in items if speaks_of(each, order_id)]
                return path, [leaves(each) for each in told]
        return None, [leaves(frame) for frame in frames]

    def _say_event(self, at: str | None, events: list[Mapping[str, Any]], names: Names) -> None:
        whole = any(role in names.paths for role in ("symbol", "side", "quantity"))
        paths = dict(names.paths)
        kind = "" if at else self._kind(events, names)
        if at:
            around = [path for path in leaves(self._seen.told[0]) if path != at]
            self._draft.say("event", at=at, many=True, **({"around": around} if around else {}))
        self._draft.say("event", kind=kind, **paths)
        rest = [path for path in names.unknown if path != kind]
        if rest:
            self._draft.say("event", ignored=rest)
            self._draft.remark("event", "ignored: what these fields mean could not be told.")
        if whole:
            self._draft.remark("event", "events show their whole orders.")
        for role, (key, why) in _NEEDED.items():
            if role not in paths:
                self._draft.missing.setdefault(key, why)

    def _kind(self, events: list[Mapping[str, Any]], names: Names) -> str:
        """Where a frame says what it is: a word that all events have, and other frames not."""
        others = [leaves(each) for each in self._seen.other_frames if isinstance(each, dict)]
        for path in names.unknown:
            said = {str(each.get(path)) for each in events}
            if len(said) == 1 and any(str(each.get(path, *said)) not in said for each in others):
                return path
        return ""

    def _say_words(self, events: list[Mapping[str, Any]], names: Names) -> None:
        path = names.paths.get("status", "")
        _, of_second = (
            self._events(self._seen.told_of_second, self._seen.second.order_id)
            if self._seen.told_of_second
            else (None, [{}])
        )
        said = (events[0].get(path), events[-1].get(path), of_second[-1].get(path))
        words = dict(zip(_STATUSES, said, strict=True))
        of_orders = self._draft.tables.get("words", {})
        differ = any(of_orders.get(each, words[each]) != words[each] for each in _STATUSES)
        if differ and all(words.values()) and len(set(words.values())) == len(words):
            self._draft.say("words", in_events=words)

    def _say_others(self, at: str | None, events: list[Mapping[str, Any]], names: Names) -> None:
        others = list(self._seen.other_frames)
        kind = "" if at else self._kind(events, names)
        greeting = leaves(others[0]) if others and isinstance(others[0], dict) else {}
        if kind and kind in greeting and self._greets(kind, greeting):
            self._draft.say("words", hello=greeting[kind], event=events[0][kind])
            others = [each for each in others if leaves(each).get(kind) != greeting[kind]]
        else:
            self._without_hello("no frame confirms a subscription")
            if kind:
                self._draft.say("words", event=events[0][kind])
        self._ignore(others)

    def _greets(self, kind: str, greeting: Mapping[str, Any]) -> bool:
        numbers = [path for path, it in greeting.items() if type(it) is int]
        texts = [path for path, it in greeting.items() if isinstance(it, str) and path != kind]
        if not numbers:
            return False
        self._draft.say("hello", kind=kind, sequence=numbers[0])
        if texts:
            self._draft.say("hello", stream_id=texts[0])
        else:
            self._draft.missing["streams"] = "the greeting has no name of the stream"
        return True

    def _without_hello(self, why: str) -> None:
        for key in ("hello", "replay", "streams"):
            self._draft.missing[key] = why

    def _ignore(self, others: list[Any]) -> None:
        """Frames that speak of no order of ours, nor of any other."""
        known: list[Any] = []
        for each in others:
            frame = leaves(each) if isinstance(each, dict) else each
            if frame not in known and not self._is_event(each):
                known.append(frame)
        if known:
            self._draft.say("frames", ignored=known)
            self._draft.remark("frames", "ignored: frames that speak of no order.")

    def _is_event(self, frame: Any) -> bool:
        """Whether it is built as the events are, and so tells of somebody else's order."""
        return isinstance(frame, dict) and set(leaves(frame)) == set(leaves(self._seen.told[0]))
