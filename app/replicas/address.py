"""How the address of an engine is shown."""


def shown(address: str) -> str:
    """The address without user and password, which may also be in its query."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("?")[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
