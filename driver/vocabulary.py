"""The words that clients and servers share, however a server spells them."""

from enum import Enum, StrEnum, auto


class _Named(Enum):
    """A member that people read by its name; how a server spells it is in the contract."""

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return format(self.name, spec)


class Side(_Named):
    """Which way an order trades."""

    BUY = auto()
    SELL = auto()


class OrderStatus(_Named):
    """Where an order is in its life."""

    PENDING = auto()
    EXECUTED = auto()
    CANCELLED = auto()


class Capability(StrEnum):
    """What a server may promise beyond the core; the value is what people read.

    The core is promised by every server: to place, view, list and cancel orders, to subscribe,
    PENDING, then one final status, then silence, executed after a random delay, also when 100
    orders come at once.
    """

    REFERENCES = "references of the client's own"
    SIDE = "orders that are to buy or to sell"
    REPLAY = "replay of past events"
    HELLO = "a confirmed subscription"
    NUMBERING = "numbered events"
    STREAMS = "event streams with an identity"
    PREVIOUS_STATUS = "the previous status in events"
    TIMES = "times in answers and events"
    PAGING = "lists in pages"
    FILTERS = "filtered lists"
    PROBLEM_DETAILS = "problem details"
    DISTINCT_REASONS = "a reason of its own for each rejection"
    ANSWER_DELAYS = "answers after a random delay of their own"
    HEALTH = "an undelayed health check"
    DOCUMENT = "a published document"
    ORIGIN_CHECK = "protection from pages of other sites"
    API_KEY = "an API key"
    LOCATION = "the address of a new order in the answer"
    UUIDS = "order IDs that are UUIDs"
    SYMBOL_RULE = "a rule for symbols"
    ANY_SYMBOL = "orders in any currency pair"
    QUANTITY_RULE = "quantities that are exact and have limits"
    FRACTIONS = "quantities with decimal places"
    QUOTED_QUANTITIES = "quantities as numbers and as text"
    STRICT_FIELDS = "rejection of fields that no order has"
    STRICT_QUERIES = "rejection of invalid filters and page sizes"
    UNSUPPORTED = "explained rejections of unknown addresses and operations"
    BODY_LIMIT = "a limit for the length of a message"
    HEARTBEAT = "heartbeats"
    CONFIGURATION = "settings of a dedicated server"
    PAGE = "a page for people"

    @property
    def key(self) -> str:
        """What dialects and tags call it."""
        return self.name.lower()


class Means(StrEnum):
    """What some ways to a server have and others have not, whatever the server promises."""

    CROWDS = "many requests at the same moment"
    MEASURED_TIMES = "times to the millisecond"
    PAGES = "lists in pages"


class Through(StrEnum):
    """Which way to the server a step takes."""

    API = "the API"
    PAGE = "the page"
    BOTH = "both"


class Reason(StrEnum):
    """Why a request is rejected: one for each reason that the contract tells apart."""

    MALFORMED = "malformed"
    DUPLICATE_REFERENCE = "duplicate reference"
    TOO_LARGE = "too large"
    INVALID_ORDER = "invalid order"
    CAPACITY_REACHED = "capacity reached"
    STORE_UNAVAILABLE = "store unavailable"
    INVALID_QUERY = "invalid query"
    UNKNOWN_ORDER = "unknown order"
    TOO_LATE_TO_CANCEL = "too late to cancel"
    ALREADY_CANCELLED = "already cancelled"
    CANCEL_PENDING = "cancel pending"
    UNKNOWN_PATH = "unknown path"
    METHOD_NOT_ALLOWED = "method not allowed"
    UNAUTHORIZED = "no valid API key"
    FOREIGN_ORIGIN = "a page of another site"

    @property
    def key(self) -> str:
        """What dialects call it."""
        return self.name.lower()


class Complaint(Enum):
    """What is wrong with a field of an order, or with a parameter of a list."""

    MISSING = auto()
    QUANTITY_TOO_SMALL = auto()
    QUANTITY_TOO_LARGE = auto()
    QUANTITY_TOO_PRECISE = auto()
    QUANTITY_NO_NUMBER = auto()
    SYMBOL_FORM = auto()
    SIDE_UNKNOWN = auto()
    REFERENCE_FORM = auto()
    UNKNOWN_FIELD = auto()
    NO_OBJECT = auto()
    PAGE_SIZE = auto()
    STATUS_UNKNOWN = auto()
    CURSOR = auto()
    GIVEN_TWICE = auto()

    @property
    def key(self) -> str:
        """What dialects call it."""
        return self.name.lower()


class Malformed(Enum):
    """What can be sent in place of an order."""

    TRUNCATED = auto()
    EMPTY = auto()
    PLAIN_TEXT = auto()
    INVALID_CHARACTERS = auto()
    LIST = auto()
    NUMBER = auto()
    NULL = auto()
    BRACKETS = auto()
    LONGEST = auto()
    TOO_LONG = auto()


class Unsupported(Enum):
    """What can be requested and no server offers."""

    UNKNOWN_PATH = auto()
    UNKNOWN_EXPLANATION = auto()
    REPLACE_ALL = auto()
    DELETE_ALL = auto()


class Document(Enum):
    """What a server publishes about itself."""

    REQUESTS = auto()
    EVENTS = auto()


OTHER_SITE = "https://elsewhere.example"
"""Where pages come from that are none of the server's (RFC 2606)."""


class Stranger(Enum):
    """Pages in a visitor's browser, and clients without the key: most of them may not trade."""

    FOREIGN_PAGE = auto()
    SANDBOXED_PAGE = auto()
    REBOUND_PAGE = auto()
    """One whose own name was made to mean the server's address after it was loaded."""
    LOCALHOST_PAGE = auto()
    """The server's own, which somebody on the same machine has opened by this name."""
    ADDRESS_PAGE = auto()
    """The server's own, opened by an IP address."""
    WITHOUT_KEY = auto()
    WRONG_KEY = auto()
    HALF_A_KEY = auto()


class DisconnectReason(Enum):
    """Why a server ends a subscription: one for each reason that the contract tells apart."""

    NOT_A_NUMBER = auto()
    AHEAD = auto()
    TOO_OLD = auto()
    INVALID = auto()
    SLOW = auto()
    SHUTDOWN = auto()


class Action(StrEnum):
    """What a request asks for."""

    PLACE = "place an order"
    VIEW = "view an order"
    LIST = "list orders"
    CANCEL = "cancel an order"
    SUBSCRIBE = "subscribe to order events"
    HEALTH = "check the server's health"
    OTHER = "something else"
