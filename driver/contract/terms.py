"""The terms of one contract between clients and a server, as a dialect file writes them.

What belongs to a capability that is `missing` does not exist on the server.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, create_model

from driver.contract.fields import (
    DraftFields,
    Endpoints,
    EventFields,
    FilterFields,
    Form,
    HelloFields,
    OrderFields,
    PageFields,
    Path,
    ProblemFields,
    Word,
)
from driver.messages import Disconnection
from driver.vocabulary import Capability, Complaint, DisconnectReason, OrderStatus, Reason, Side

Because = Annotated[str, Field(pattern=r"\w+\W+\w+", description="why, in a few words")]
StatusCode = Annotated[int, Field(ge=100, le=599)]


class Frames(Form):
    """Frames that clients need not heed: their whole text, or members that such a frame has."""

    ignored: tuple[str | Mapping[Path, JsonValue], ...] = ()


class EventStatuses(Form):
    """What events call the statuses, where that differs from what orders call them."""

    PENDING: Word
    EXECUTED: Word
    CANCELLED: Word


class Words(EventStatuses):
    """What the server calls statuses, sides and the kinds of frames; `symbols`, if it has few.

    An event may have one of several words for its kind.
    """

    BUY: Word
    SELL: Word
    hello: Word
    event: Word | tuple[Word, ...]
    in_events: EventStatuses | None = None
    symbols: Mapping[str, Word] = {}

    @property
    def statuses(self) -> dict[OrderStatus, str]:
        """What orders call the statuses."""
        return {each: getattr(self, each.name) for each in OrderStatus}

    @property
    def event_statuses(self) -> dict[OrderStatus, str]:
        """What events call the statuses."""
        words = self.in_events or self
        return {each: getattr(words, each.name) for each in OrderStatus}

    @property
    def sides(self) -> dict[Side, str]:
        """What the sides are called."""
        return {each: getattr(self, each.name) for each in Side}

    @property
    def events(self) -> tuple[str, ...]:
        """The words for the kind of an event."""
        return (self.event,) if isinstance(self.event, str) else self.event


class Forms(Form):
    """How single values are written; quantities may be shown and sent in different ways."""

    order_id: Literal["uuid", "integer", "text"] = "uuid"
    quantity: Literal["text", "number"] = "text"
    sent_quantity: Literal["either", "text", "number"] = "either"
    time: Literal["microseconds", "rfc3339", "epoch_seconds", "epoch_milliseconds"] = "microseconds"


class RejectionRule(Form):
    """How a rejection is recognised: by its code, its type after the prefix, and a text in it.

    Its sentence for people must have one of the `words`, if there are any.
    """

    code: StatusCode
    type: str = ""
    text: str = ""
    words: tuple[Word, ...] = ()

    @property
    def look(self) -> tuple[int, str, str]:
        """What it is told from others by."""
        return self.code, self.type, self.text

    def fits(self, said: str) -> bool:
        """Whether the sentence says why."""
        return has_one_of(self.words, said)


def has_one_of(words: Sequence[str], said: str) -> bool:
    """Whether what was said has one of the words, in any case of letters; without words it may."""
    return not words or any(word.lower() in said.lower() for word in words)


class DisconnectionRule(Form):
    """A closing code (RFC 6455, 7.4), and words one of which the reason must have.

    `{last}` in a word stands for the sequence number of the last event that was received.
    """

    code: Annotated[int, Field(ge=1000, le=4999)]
    words: tuple[Word, ...] = ()

    def fits(self, disconnection: Disconnection, last_sequence: int) -> bool:
        """Whether code and reason say what they should."""
        words = [word.format(last=last_sequence) for word in self.words]
        return disconnection.code == self.code and has_one_of(words, disconnection.reason)

    def __str__(self) -> str:
        return f"code {self.code} and a reason with: {' or '.join(self.words) or 'anything'}"


class Run(Form):
    """What the command line says, unless it does: the server, and its promise about time."""

    base_url: str | None = None
    server_command: str | None = None
    delay_min: Annotated[float, Field(ge=0)] | None = None
    delay_max: Annotated[float, Field(ge=0)] | None = None
    grace: Annotated[float, Field(ge=0)] | None = None


def _with_each(title: str, text: str, base: type[Form], **fields: Any) -> Any:
    return create_model(title, __base__=base, __doc__=text, **fields)


_Prefixed = _with_each("Prefixed", "The beginning of every type.", Form, prefix=(str, ""))

Rejections: Any = _with_each(
    "Rejections",
    "How rejections are told apart; `prefix` is what every type begins with.",
    _Prefixed,
    **{each.key: (RejectionRule, ...) for each in Reason},
)
Complaints: Any = _with_each(
    "Complaints",
    "Words of which what is said of a wrong field or parameter has one; without, anything may be.",
    Form,
    **{each.key: (tuple[Word, ...], ...) for each in Complaint},
)
Disconnections: Any = _with_each(
    "Disconnections",
    "How the server ends subscriptions, and says why.",
    Form,
    **{each.name.lower(): (DisconnectionRule, ...) for each in DisconnectReason},
)
Missing: Any = _with_each(
    "Missing",
    "What the server does not offer, each with the reason why.",
    Form,
    **{each.key: (Because | None, Field(default=None, title=each.value)) for each in Capability},
)


class Terms(Form):
    """All that a client has to know of a server to speak with it."""

    name: Word
    longest_body: Annotated[int, Field(ge=1)]
    """Bytes that the body of a request may have."""
    run: Run = Run()
    headers: Mapping[str, str] = {}
    """Sent with every request."""
    endpoints: Endpoints
    draft: DraftFields
    filters: FilterFields
    order: OrderFields
    page: PageFields
    hello: HelloFields
    event: EventFields
    problem: ProblemFields
    frames: Frames = Frames()
    words: Words
    forms: Forms = Forms()
    rejections: Rejections
    complaints: Complaints
    disconnections: Disconnections
    missing: Missing = Missing()

    @property
    def not_offered(self) -> dict[Capability, str]:
        """What is missing, and why."""
        reasons = {each: getattr(self.missing, each.key) for each in Capability}
        return {each: reason for each, reason in reasons.items() if reason}

    @property
    def reasons(self) -> dict[Reason, RejectionRule]:
        """How each reason is recognised."""
        return {each: getattr(self.rejections, each.key) for each in Reason}

    @property
    def said(self) -> dict[Complaint, tuple[str, ...]]:
        """The words of each complaint."""
        return {each: getattr(self.complaints, each.key) for each in Complaint}

    @property
    def ends(self) -> dict[DisconnectReason, DisconnectionRule]:
        """How the server ends a subscription, for each reason."""
        return {each: getattr(self.disconnections, each.name.lower()) for each in DisconnectReason}
