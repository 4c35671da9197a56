"""The promises that findings of any scenario may be about: Rules of the features, by name.

A failed check breaks the Rule of its scenario, unless it found that another one does not hold: an
event that comes twice breaks the numbering, whatever the scenario is about.
"""

from bdd import Rule

_PLACING, _VALIDATION = "Placing orders", "Order validation"
ORDER_EXECUTED = Rule(_PLACING, "A valid order is accepted as PENDING and executed within 1 second")
OWN_ID = Rule(_PLACING, "Every order has an ID of its own")
NO_TRACE = Rule(_PLACING, "A rejected order appears in no list and no event")
REFERENCE_SHOWN = Rule(_PLACING, "A trader's own reference is shown with the order and its events")
REFERENCE_ONCE = Rule(_PLACING, "A reference can be used for one accepted order only")
SHOWN_AS_ORDERED = Rule(_VALIDATION, "Every valid value is accepted, and shown exactly as ordered")
PLAIN_QUANTITY = Rule(
    _VALIDATION, "A quantity is shown as a plain decimal number without trailing zeros"
)
QUANTITY = Rule(
    _VALIDATION,
    "The quantity is greater than 0 and at most 1000000000, with at most 8 decimal places",
)
SYMBOL = Rule(_VALIDATION, "The symbol is six capital letters")
SIDE = Rule(_VALIDATION, "The side is BUY or SELL")
REFERENCE = Rule(
    _VALIDATION, "The reference is 1 to 64 letters, digits, dots, dashes or underscores"
)

_MALFORMED = "Robust against malformed requests"
NOT_AN_ORDER = Rule(
    _MALFORMED, "A message that is malformed or not an order is rejected, and nothing of it is kept"
)
MESSAGE_SIZE = Rule(_MALFORMED, "An order message may have up to 64 KiB")

_VIEWING, _LISTING = "Viewing an order", "Listing orders"
VIEWED = Rule(_VIEWING, "An order is shown as it was ordered, with its current status and times")
VIEW_FRESH = Rule(_VIEWING, "A view never shows an older status than the latest event")
VIEW_UNKNOWN = Rule(_VIEWING, "A view of an unknown order is rejected")
LISTED = Rule(_LISTING, "All orders are listed, oldest first, whatever their status")
FILTERED = Rule(_LISTING, "Orders can be filtered by status, by currency pair and by reference")
PAGED = Rule(_LISTING, "Paging returns every order exactly once, oldest first")
LIST_FRESH = Rule(_LISTING, "A list is up to date when the response is sent")
QUERIES = Rule(_LISTING, "Invalid list filters and page sizes are rejected")

_CANCELLING = "Cancelling orders"
CANCELLED_FOR_GOOD = Rule(
    _CANCELLING, "A PENDING order can be cancelled, and is then CANCELLED for good"
)
CANCEL_IN_TIME = Rule(_CANCELLING, "A cancel sent straight after acceptance always succeeds")
CANCEL_OTHERS = Rule(_CANCELLING, "A cancel affects no other order")
ONLY_PENDING_CANCELLED = Rule(
    _CANCELLING, "Only a PENDING order can be cancelled, and a rejected cancel says why"
)
NEVER_BOTH = Rule(_CANCELLING, "An order is either cancelled or executed, never both")

_EVENTS = "Order events"
STATUS_SEQUENCE = Rule(
    _EVENTS, "PENDING is announced first, then EXECUTED or CANCELLED, and then nothing more"
)
EVENT_FORM = Rule(_EVENTS, "Every event has the promised form")
EVENT_TIME = Rule(_EVENTS, "Every event carries the time at which its status was assigned")
EVENT_REFERENCE = Rule(_EVENTS, "Every event for an order carries the order's reference")
NUMBERING = Rule(_EVENTS, "Event numbers increase by exactly 1")
SAME_FOR_ALL = Rule(_EVENTS, "All subscribers receive every event, in the same order")
AT_ONCE = Rule(_EVENTS, "Events arrive immediately")
COME_AND_GO = Rule(_EVENTS, "Subscribers may come and go at any time")
_MISBEHAVING = "Misbehaving subscribers"
HARMS_ITSELF = Rule(_MISBEHAVING, "A misbehaving subscriber harms only itself")
MESSAGES_IGNORED = Rule(_MISBEHAVING, "Messages from subscribers are ignored")
REPLAY = Rule(
    "Event replay",
    "A replay delivers every missed event and continues live, without gaps or duplicates",
)

RESPONSE_FORM = Rule("Responses", "Every response has the promised form")
REJECTION_FORM = Rule("Rejections", "Every rejection has the promised form and a reason of its own")
EXPLAINED = Rule("Rejections", "Every rejection links to a readable explanation")
_TIMES = "Response times"
IN_PARALLEL = Rule(_TIMES, "Requests are served in parallel")
RANDOM_EXECUTION = Rule(
    _TIMES,
    "An order is executed between 0.1 and 1 second after its acceptance, varying at random",
)
_PAGE = "Trading page"
PAGE_STATUS = Rule(_PAGE, "The page shows a status when an event says so, and not before")
PAGE_KEYS = Rule(_PAGE, "The keyboard is enough")
PAGE_EVENTS = Rule(_PAGE, "The page shows every event exactly once, also after a lost connection")
_RUNNING = "Running a server"
CAPACITY = Rule(_RUNNING, "A server at capacity rejects further orders")
NEW_STREAM = Rule(_RUNNING, "After a restart, event numbering starts afresh on a new stream")
