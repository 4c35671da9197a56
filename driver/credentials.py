"""The API key of whoever runs a client."""

import os
import re

from driver.errors import InvalidApiKey

API_KEY = "TRADING_API_KEY"
"""The environment variable that has it, as the server's own setting is called."""

_TOKEN = re.compile(r"[\x21-\x7e]*")


def api_key() -> str:
    """The key in the environment; empty if there is none.

    Raises:
        InvalidApiKey: it could not be sent in a header; the error does not show it.
    """
    key = os.environ.get(API_KEY, "")
    if not _TOKEN.fullmatch(key):
        raise InvalidApiKey(API_KEY)
    return key
