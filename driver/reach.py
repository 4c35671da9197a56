"""Reaching a server without asking it for anything."""

import socket
from urllib.parse import urlsplit

from driver.errors import ServerUnreachable

_PORTS = {"https": 443}


def reach(base_url: str, timeout: float) -> None:
    """Opens a connection and closes it. Raises ServerUnreachable, also after `timeout` seconds."""
    address = urlsplit(base_url)
    port = address.port or _PORTS.get(address.scheme, 80)
    try:
        socket.create_connection((address.hostname or "", port), timeout).close()
    except OSError as error:
        raise ServerUnreachable(base_url, error) from None
