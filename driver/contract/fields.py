"""Where requests go, and the fields of what is sent and received, as a dialect file writes them.

A field is called by its neutral name here; its value is the server's name, or a path to it such as
`data.order.id`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from driver.vocabulary import Document

Path = Annotated[str, Field(min_length=1, pattern=r"^[^.]+(\.[^.]+)*$")]
Place = Annotated[str, Field(pattern=r"^([^.]+(\.[^.]+)*)?$")]
Word = Annotated[str, Field(min_length=1)]


class Form(BaseModel):
    """A table of a dialect file: every key is known, every value has its type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Endpoint(Form):
    """Where a request goes, and the status code (RFC 9110) when it succeeds.

    `{order_id}` in the path stands for the ID of the order.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: Annotated[str, Field(pattern="^/")]
    code: Annotated[int, Field(ge=200, le=299)]


class CancelEndpoint(Endpoint):
    """How an order is cancelled, and what the answer `shows`: nothing, the order, or anything."""

    shows: Literal["nothing", "order", "anything"] = "nothing"


class Endpoints(Form):
    """What can be requested. `unknown` is a path at which the server offers nothing."""

    place: Endpoint
    view: Endpoint
    list: Endpoint
    cancel: CancelEndpoint
    health: Endpoint
    document: Endpoint
    event_document: Endpoint
    events: Annotated[str, Field(pattern="^/")]
    since: Word
    """The parameter of the event stream that asks for a replay."""
    unknown: Annotated[str, Field(pattern="^/")]

    def published(self, what: Document) -> Endpoint:
        """Where the server describes this: its requests or its events."""
        return self.document if what is Document.REQUESTS else self.event_document


class DraftFields(Form):
    """The fields of a request to place an order; those of `fixed` are sent with every one."""

    reference: Path
    symbol: Path
    side: Path
    quantity: Path
    fixed: Mapping[Path, JsonValue] = {}


class FilterFields(Form):
    """The parameters of a list."""

    status: Word
    symbol: Word
    reference: Word
    limit: Word
    cursor: Word


class Message(Form):
    """Fields of what the server sends; those `ignored` may be there and are not looked at."""

    ignored: tuple[Path, ...] = ()


class OrderFields(Message):
    """The fields of an order; `at` is where in an answer it stands, empty for the whole answer.

    What may be `around` it in an answer is not looked at.
    """

    at: Place = ""
    around: tuple[Path, ...] = ()
    order_id: Path
    reference: Path
    symbol: Path
    side: Path
    quantity: Path
    status: Path
    created_at: Path
    updated_at: Path


class PageFields(Message):
    """How a list is answered: an object with these fields, or only the array of the orders."""

    form: Literal["object", "array"] = "object"
    orders: Path
    next_cursor: Path


class HelloFields(Message):
    """The fields of the frame that confirms a subscription."""

    kind: Path
    stream_id: Path
    sequence: Path


class EventFields(Message):
    """The fields of an event.

    `at` is where in a frame it stands, empty for the whole frame; with `many` an array of events
    stands there. `kind` belongs to the frame, and is empty if no field tells what the frame is.
    What else may be `around` it there is not looked at. An event that shows its whole order has
    names for `symbol`, `side`, `quantity` and `created_at`.
    """

    at: Place = ""
    around: tuple[Path, ...] = ()
    many: bool = False
    kind: Place
    sequence: Path
    order_id: Path
    reference: Path
    status: Path
    previous_status: Path
    occurred_at: Path
    symbol: Place = ""
    side: Place = ""
    quantity: Place = ""
    created_at: Place = ""


class ProblemFields(Form):
    """The fields of a rejection.

    `type` and `detail` are looked at only where there are no problem details: what tells the
    reason, and what is said to people. Empty where a rejection has no such field.
    """

    order_id: Path
    status: Path
    type: Place = "type"
    detail: Place = "detail"
