"""How requests look that come from those may not trade, or only as pages of the server's own."""

from dataclasses import replace

from driver.contract.http import HttpRequest
from driver.vocabulary import OTHER_SITE, Stranger

_OTHER_NAME = OTHER_SITE.removeprefix("https://")
_LOCALHOST, _ADDRESS = "localhost:8000", "127.0.0.1:8000"
_AUTHORIZATION = "Authorization"

_PAGES = {
    Stranger.FOREIGN_PAGE: {"Origin": OTHER_SITE},
    Stranger.SANDBOXED_PAGE: {"Origin": "null"},
    Stranger.LOCALHOST_PAGE: {"Origin": f"http://{_LOCALHOST}", "Host": _LOCALHOST},
    Stranger.ADDRESS_PAGE: {"Origin": f"http://{_ADDRESS}", "Host": _ADDRESS},
    Stranger.REBOUND_PAGE: {"Origin": f"http://{_OTHER_NAME}", "Host": _OTHER_NAME},
}


def as_stranger(request: HttpRequest, stranger: Stranger) -> HttpRequest:
    """The request as this stranger makes it: a page has the visitor's credentials, if any."""
    if stranger in _PAGES:
        return replace(request, headers={**request.headers, **_PAGES[stranger]})
    headers = {name: value for name, value in request.headers.items() if name != _AUTHORIZATION}
    right = request.headers.get(_AUTHORIZATION, "Bearer nobody-asks-for-one")
    if stranger is Stranger.HALF_A_KEY:
        headers[_AUTHORIZATION] = right[: -len(right) // 4]
    elif stranger is Stranger.WRONG_KEY:
        headers[_AUTHORIZATION] = right[:-1] + ("a" if right[-1] != "a" else "b")
    return replace(request, headers=headers)
