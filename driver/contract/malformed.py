"""What can be sent in place of an order."""

from driver.vocabulary import Malformed


def spoiled(kind: Malformed, order: bytes, longest: int) -> bytes:
    """The body of a valid order, spoiled; `longest` is how many bytes a body may have."""
    bodies = {
        Malformed.TRUNCATED: order[:-1],
        Malformed.EMPTY: b"",
        Malformed.PLAIN_TEXT: b"buy 100 EURUSD",
        # RFC 3629, 1: these octets never appear in UTF-8.
        Malformed.INVALID_CHARACTERS: order.replace(b'": "', b'": "\xff\xfe', 1),
        Malformed.LIST: b"[" + order + b"]",
        Malformed.NUMBER: b"100",
        Malformed.NULL: b"null",
        Malformed.BRACKETS: b"[" * 1000,
        Malformed.LONGEST: order.ljust(longest),
        Malformed.TOO_LONG: order.ljust(longest + 1),
    }
    return bodies[kind]
