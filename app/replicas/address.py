"""How the address of an engine is shown."""

from urllib.parse import urlsplit


def shown(address: str) -> str:
    """The address without user and password."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
