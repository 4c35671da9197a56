"""Those who may not trade, and what they try."""

from driver import Action, Stranger
from step_defs.phrases.reading import THE_REST, choice, phrase

STRANGERS = {
    "a page of another site": Stranger.FOREIGN_PAGE,
    "a page of no site": Stranger.SANDBOXED_PAGE,
    "a page that rebound its name": Stranger.REBOUND_PAGE,
    "a page that the server shows at localhost": Stranger.LOCALHOST_PAGE,
    "a page that the server shows at an IP address": Stranger.ADDRESS_PAGE,
    "a client without the key": Stranger.WITHOUT_KEY,
    "a client with a wrong key": Stranger.WRONG_KEY,
    "a client with half of the key": Stranger.HALF_A_KEY,
}
ATTEMPTS = {
    "place an order": Action.PLACE,
    "view the order": Action.VIEW,
    "list orders": Action.LIST,
    "cancel the order": Action.CANCEL,
    "subscribe to order events": Action.SUBSCRIBE,
    "check the server's health": Action.HEALTH,
}
_PREFLIGHTED = ("place an order", "cancel the order")
"""Of what else a page may try, its browser asks nobody."""

TYPES = (
    phrase("Stranger", STRANGERS, "a page of another site"),
    choice("Attempt", ATTEMPTS, THE_REST, "place an order"),
    choice("Trade", {each: ATTEMPTS[each] for each in _PREFLIGHTED}, THE_REST, "place an order"),
)
