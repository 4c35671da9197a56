"""The settings of a server."""

from step_defs.phrases.reading import A_WORD, choice

SETTINGS = (
    "DELAY_MIN",
    "DELAY_MAX",
    "SEED",
    "HISTORY",
    "SUBSCRIBER_QUEUE",
    "MAX_ORDERS",
    "ALLOWED_ORIGINS",
    "API_KEY",
)

TYPES = (choice("Setting", {name: name for name in SETTINGS}, A_WORD, "MAX_ORDERS"),)
