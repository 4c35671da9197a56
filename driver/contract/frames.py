"""How frames of the event stream are read."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from driver.contract.forms import event_forms, forms
from driver.contract.models import read
from driver.contract.offered import offered
from driver.contract.shapes import flat, found_at, shape
from driver.contract.terms import Terms
from driver.errors import ContractViolation
from driver.messages import Hello, OrderEvent
from driver.vocabulary import Capability, OrderStatus

WHERE = "A frame of the event stream"
_OF_THE_ORDER = ("symbol", "side", "quantity", "created_at")


class Frames:
    """Reads frames by the terms of one contract."""

    def __init__(self, terms: Terms) -> None:
        self._ignored = terms.frames.ignored
        self._kind = terms.hello.kind
        self._hello_word = None if Capability.HELLO in terms.not_offered else terms.words.hello
        self._hello = TypeAdapter[Any](_hello(terms))
        self._many = terms.event.many
        self._event = TypeAdapter[Any](_event(terms))
        self._tells_previous = Capability.PREVIOUS_STATUS not in terms.not_offered
        self.greets = self._hello_word is not None
        self.numbers = Capability.NUMBERING not in terms.not_offered

    def read(self, text: str | bytes, age: float = 0.0) -> tuple[Hello | OrderEvent, ...]:
        """What a frame says: one message, several, or none that a client has to heed.

        An event that names no time is as old as the frame, which came `age` seconds ago. Raises
        ContractViolation for any other form than the promised one.
        """
        if self._ignored and self._is_ignored(text):
            return ()
        try:
            frame = read(self._event, text, WHERE)
        except ContractViolation:
            if not self._says_hello(text):
                raise
            return (_to_hello(read(self._hello, text, WHERE)),)
        if not self._many:
            return (self._to_event(frame, age),)
        events = frame if isinstance(frame, list) else flat(frame)["events"]
        return tuple(self._to_event(each, age) for each in events)

    def _is_ignored(self, text: str | bytes) -> bool:
        document = _loosely(text)
        return any(_is_like(document, each) for each in self._ignored)

    def _says_hello(self, text: str | bytes) -> bool:
        return self.greets and found_at(self._kind, _loosely(text)) == self._hello_word

    def _to_event(self, body: BaseModel, age: float) -> OrderEvent:
        fields: dict[str, Any] = {"sequence": 0, "reference": None} | flat(body)
        fields.pop("kind", None)
        if "occurred_at" not in fields:
            fields["occurred_at"] = datetime.now(UTC) - timedelta(seconds=age)
        if not self._tells_previous:
            first = fields["status"] is OrderStatus.PENDING
            fields["previous_status"] = None if first else OrderStatus.PENDING
        shown = tuple((name, fields.pop(name)) for name in _OF_THE_ORDER if name in fields)
        return OrderEvent(**fields, shown=shown)


def _loosely(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text if isinstance(text, str) else text.decode(errors="replace")


def _is_like(document: object, ignored: str | Mapping[str, object]) -> bool:
    if isinstance(ignored, str):
        return document == ignored
    return all(found_at(path, document) == value for path, value in ignored.items())


def _hello(terms: Terms) -> Any:
    form = forms(terms) | {"kind": Literal[terms.words.hello]}
    paths = {"kind": terms.hello.kind, **offered(terms, terms.hello)}
    return shape("Hello", form, paths, terms.hello.ignored)


def _event(terms: Terms) -> Any:
    """The model of a frame with an event, or with an array of them."""
    fields = terms.event
    form = event_forms(terms) | {"kind": Literal[terms.words.events]}
    kind = {"kind": fields.kind} if fields.kind else {}
    names = offered(terms, fields)
    if not fields.many:
        start = f"{fields.at}." if fields.at else ""
        paths = kind | {name: start + path for name, path in names.items()}
        loose = [*fields.around, *(start + each for each in fields.ignored)]
        return shape("Event", form, paths, loose)
    event: Any = list[shape("Event", form, names, fields.ignored)]  # type: ignore[misc]
    if not fields.at:
        return event
    where = kind | {"events": fields.at}
    return shape("Frame", form | {"events": event}, where, fields.around)


def _to_hello(body: BaseModel) -> Hello:
    fields: dict[str, Any] = {"stream_id": "", "sequence": 0} | flat(body)
    del fields["kind"]
    return Hello(**fields)
