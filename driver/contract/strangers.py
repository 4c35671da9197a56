"""How requests look that come from those who may not trade, or only as pages of the server's own.

What a browser asks before it sends a page's request to another site, and what it wants to hear, is
the Fetch standard's: https://fetch.spec.whatwg.org/#http-cors-protocol.
"""

from collections.abc import Iterator
from dataclasses import replace

from driver.contract.http import JSON, HttpAnswer, HttpRequest
from driver.vocabulary import OTHER_SITE, Stranger

_OTHER_NAME = OTHER_SITE.removeprefix("https://")
_LOCALHOST, _ADDRESS = "localhost:8000", "127.0.0.1:8000"
_AUTHORIZATION = "Authorization"
_SAFELISTED = {"", "get", "head", "post"}

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


def preflight(request: HttpRequest) -> HttpRequest | None:
    """What a browser asks before it sends a page's request; None if it sends it without asking."""
    body_type = request.headers.get("Content-Type", "")
    if body_type != JSON and request.method != "DELETE":
        return None
    headers = {"Access-Control-Request-Method": request.method}
    if body_type == JSON:
        headers["Access-Control-Request-Headers"] = "content-type"
    return HttpRequest("OPTIONS", request.path, {"Origin": request.headers["Origin"], **headers})


def objections(asked: HttpRequest, answer: HttpAnswer) -> Iterator[str]:
    """Why a browser would not send the page's request, by the answer to its preflight."""
    if not 200 <= answer.code < 300:  # noqa: PLR2004 - RFC 9110, 15.3
        yield f"status: {answer.code}, and a browser takes only 200 to 299 for a yes"
    if _named(answer, "Origin").isdisjoint({asked.headers["Origin"].lower(), "*"}):
        yield f"Access-Control-Allow-Origin: {asked.headers['Origin']} is not named"
    for question, plural in (("Method", "Methods"), ("Headers", "Headers")):
        wanted = asked.headers.get(f"Access-Control-Request-{question}", "").lower()
        if wanted not in _SAFELISTED and _named(answer, plural).isdisjoint({wanted, "*"}):
            yield f"Access-Control-Allow-{plural}: {wanted} is not named"


def _named(answer: HttpAnswer, what: str) -> set[str]:
    values = answer.headers.get(f"Access-Control-Allow-{what}", "").split(",")
    return {value.strip().lower() for value in values}
