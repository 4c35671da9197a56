"""Frames of the event stream, and how it ends, in the other dialect."""

from functools import lru_cache

from driver.contract import Terms
from faults.translating.json_text import Members, parse, written
from faults.translating.spelling import Fields, Swap, put

_HELLO = ("kind", "stream_id", "sequence")
_EVENT = ("sequence", "order_id", "reference", "status", "previous_status", "occurred_at")
_REMEMBERED = 4096  # every subscriber is sent the same frames


class Frames:
    """Tells frames of ours as they do."""

    def __init__(self, ours: Terms, theirs: Terms) -> None:
        events = theirs.words.event_statuses
        words = Swap({word: events[each] for each, word in ours.words.statuses.items()})
        self._kind = ours.event.kind
        self._hello_word, self._event_word = ours.words.hello, ours.words.events[0]
        self._theirs = theirs
        hello = Swap({self._hello_word: theirs.words.hello})
        self._hello = Fields.of(ours.hello, theirs.hello, _HELLO, {"kind": hello})
        self._event = Fields.of(
            ours.event, theirs.event, _EVENT, {"status": words, "previous_status": words}
        )
        self._codes = Swap(
            {end.code: theirs.ends[reason].code for reason, end in ours.ends.items()}
        )
        self.theirs = lru_cache(_REMEMBERED)(self._to_theirs)

    def closing_code(self, code: int) -> int:
        """The code with which they close where we close with this one."""
        return self._codes.theirs(code)

    def _to_theirs(self, text: str) -> str:
        """A frame; one that is neither a hello nor an event as it is."""
        try:
            document = parse(text)
        except (ValueError, RecursionError):
            return text
        kind = document.first(self._kind) if isinstance(document, Members) else None
        if kind == self._hello_word:
            return written(self._hello.to_theirs(document))
        return written(self._event_frame(document)) if kind == self._event_word else text

    def _event_frame(self, document: Members) -> Members:
        terms = self._theirs.event
        said = Members(member for member in document if member[0] != self._kind)
        event = self._event.to_theirs(said)
        frame = Members()
        put(frame, terms.kind, self._theirs.words.events[0])
        put(frame, terms.at, [event] if terms.many else event)
        return frame
