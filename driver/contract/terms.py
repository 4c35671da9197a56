"""The terms of one contract between clients and a server: what stands where, and by which name.

In every mapping from names the key is the neutral name, and the value is the server's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from driver.contract.disconnections import DisconnectionRule
from driver.vocabulary import Capability, DisconnectReason, OrderStatus, Reason, Side

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes, and the status code (RFC 9110) when it succeeds.

    `{order_id}` in the path stands for the ID of the order.
    """

    method: str
    path: str
    code: int


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What can be requested. `unknown` is a path at which the server offers nothing."""

    place: Endpoint
    view: Endpoint
    list: Endpoint
    cancel: Endpoint
    health: Endpoint
    document: Endpoint
    events: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Fields:
    """What the server calls the fields of its messages, one mapping for each kind of message."""

    draft: Names
    filters: Names
    order: Names
    page: Names
    hello: Names
    event: Names
    problem: Names
    since: str
    """The parameter of the event stream that asks for a replay."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the server calls statuses, sides and the kinds of frames."""

    statuses: Mapping[OrderStatus, str]
    sides: Mapping[Side, str]
    hello: str
    event: str


@dataclass(frozen=True, slots=True)
class RejectionRule:
    """How a rejection is recognised: the last part of its problem type, and its status code."""

    slug: str
    code: int


@dataclass(frozen=True, slots=True)
class Rejections:
    """How rejections are told apart; `prefix` is what every problem type begins with."""

    prefix: str
    rules: Mapping[Reason, RejectionRule]


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a client has to know of a server to speak with it."""

    endpoints: Endpoints
    fields: Fields
    words: Words
    rejections: Rejections
    disconnections: Mapping[DisconnectReason, DisconnectionRule]
    capabilities: frozenset[Capability]
    longest_body: int
    """Bytes that the body of a request may have."""
