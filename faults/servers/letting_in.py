"""Servers that let in who should stay outside."""

from dataclasses import replace

from starlette.types import Scope

from app.edges.api_key import ApiKeyGuard
from app.edges.origins import OriginCheck
from app.wiring import Parts
from faults.altering import HttpAnswer, altering_answers
from faults.fault import ACCESS, OWN_ACCESS, Fault, ScenarioSet


class _EveryPageTrades(OriginCheck):
    def applies_to(self, scope: Scope) -> bool:
        return bool(scope["type"] == "websocket")


class _EveryPageWatches(OriginCheck):
    def applies_to(self, scope: Scope) -> bool:
        return scope["type"] == "http" and super().applies_to(scope)


class _OnlyPlacingGuarded(OriginCheck):
    def applies_to(self, scope: Scope) -> bool:
        return super().applies_to(scope) and scope.get("method") != "DELETE"


class _NullIsNoOrigin(OriginCheck):
    def trusts(self, origin: str, host: str) -> bool:
        return origin == "null" or super().trusts(origin, host)


class _HostBelieved(OriginCheck):
    def trusts(self, origin: str, host: str) -> bool:
        return origin.endswith(f"//{host}") or super().trusts(origin, host)


class _LocalhostIsForeign(OriginCheck):
    def trusts(self, origin: str, host: str) -> bool:
        return not host.startswith("localhost") and super().trusts(origin, host)


class _NobodyAllowed(OriginCheck):
    def trusts(self, origin: str, host: str) -> bool:
        return origin not in self.allowed and super().trusts(origin, host)


class _OneAllowedMeansAll(OriginCheck):
    def trusts(self, origin: str, host: str) -> bool:
        return bool(self.allowed) or super().trusts(origin, host)


class _ViewingIsFree(ApiKeyGuard):
    def is_open(self, path: str) -> bool:
        return path.startswith("/orders/") or super().is_open(path)


class _WatchingIsFree(ApiKeyGuard):
    def is_open(self, path: str) -> bool:
        return path == "/ws" or super().is_open(path)


class _BeginningOfKeySuffices(ApiKeyGuard):
    def fits(self, given: bytes) -> bool:
        return bool(given) and self.key.startswith(given)


class _AnyKeyFits(ApiKeyGuard):
    def fits(self, given: bytes) -> bool:
        return bool(given)


class _HealthGuarded(ApiKeyGuard):
    def is_open(self, path: str) -> bool:
        return path != "/healthz" and super().is_open(path)


def _no_preflight(answer: HttpAnswer) -> HttpAnswer:
    return replace(answer, status=405) if answer.method == "OPTIONS" else answer


def _any_preflight(answer: HttpAnswer) -> HttpAnswer:
    if answer.method != "OPTIONS":
        return answer
    permission = {"access-control-allow-origin": "*"}
    return replace(answer, status=200, headers={**answer.headers, **permission})


_NO_OTHER_SITE = "Access: A page of another site can neither trade nor watch"
_OPERATOR_ALLOWS = "Access: The operator can allow the pages of a site"
_KEY_NEEDED = "Access: Where there is an API key, nothing but the health check is possible"
_OWN_PAGES = "Access: The server's own pages can trade and watch"
_OWN = "access: <page> can <action> … "
_BROWSER = "access: A visitor's browser lets a page of an allowed site trade"
_FOREIGN = "access: <page> that tries to <action> is rejected … "
_KEYLESS = "access: <client> that tries to <action> is rejected … "


def _origin(
    name: str, breaks: str, about: str, check: type[OriginCheck], selection: ScenarioSet = ACCESS
) -> Fault:
    rule = _OPERATOR_ALLOWS if selection is OWN_ACCESS else _NO_OTHER_SITE
    rule = _OWN_PAGES if about.startswith(_OWN) else rule
    return Fault(name, breaks, (about,), rule, selection=selection, parts=Parts(origin_check=check))


def _key(name: str, breaks: str, about: str, guard: type[ApiKeyGuard]) -> Fault:
    parts = Parts(api_key_guard=guard)
    return Fault(name, breaks, (about,), _KEY_NEEDED, selection=OWN_ACCESS, parts=parts)


FAULTS = (
    _origin(
        "foreign-page-trades",
        "A page of another site cannot place orders through a visitor's browser.",
        "access: An order that a page of another site tries to place leaves nothing behind",
        _EveryPageTrades,
    ),
    _origin(
        "foreign-page-watches",
        "A page of another site cannot receive events through a visitor's browser.",
        f"{_FOREIGN}subscribe to order events",
        _EveryPageWatches,
    ),
    _origin(
        "foreign-page-cancels",
        "A page of another site cannot cancel orders through a visitor's browser.",
        "access: An order that a page of another site tries to cancel is executed",
        _OnlyPlacingGuarded,
    ),
    _origin(
        "page-of-no-site-trusted",
        "A page that hides its origin is a foreign one.",
        f"{_FOREIGN}page=a page of no site",
        _NullIsNoOrigin,
    ),
    _origin(
        "any-host-name-is-its-own",
        "A page is not the server's own because its name now means the server's address.",
        f"{_FOREIGN}page=a page that rebound its name",
        _HostBelieved,
    ),
    _origin(
        "own-page-at-localhost-rejected",
        "The server's own page can trade where it is opened at localhost.",
        f"{_OWN}page=a page that the server shows at localhost",
        _LocalhostIsForeign,
    ),
    _origin(
        "allowed-origins-ignored",
        "The operator can allow the pages of a site.",
        "access: A page of an allowed site can <action>",
        _NobodyAllowed,
        OWN_ACCESS,
    ),
    _origin(
        "one-site-allowed-means-all",
        "To allow one site does not allow another.",
        "access: To allow one site does not allow another",
        _OneAllowedMeansAll,
        OWN_ACCESS,
    ),
    Fault(
        "no-preflight-answered",
        "A browser lets the pages of an allowed site trade, for the server permits it.",
        (_BROWSER,),
        _OPERATOR_ALLOWS,
        selection=OWN_ACCESS,
        wrap=altering_answers(_no_preflight),
    ),
    Fault(
        "every-preflight-permitted",
        "A browser does not let the pages of other sites trade.",
        (_BROWSER,),
        _OPERATOR_ALLOWS,
        selection=OWN_ACCESS,
        wrap=altering_answers(_any_preflight),
    ),
    _key(
        "orders-are-open-without-key",
        "Where there is an API key, no order can be viewed or cancelled without it.",
        f"{_KEYLESS}action=view the order",
        _ViewingIsFree,
    ),
    _key(
        "events-are-open-without-key",
        "Where there is an API key, nobody receives events without it.",
        f"{_KEYLESS}action=subscribe to order events",
        _WatchingIsFree,
    ),
    _key(
        "beginning-of-key-suffices",
        "The whole API key must be right.",
        f"{_KEYLESS}client=a client with half of the key",
        _BeginningOfKeySuffices,
    ),
    _key(
        "any-key-fits",
        "A wrong API key is rejected.",
        f"{_KEYLESS}client=a client with a wrong key",
        _AnyKeyFits,
    ),
    _key(
        "health-needs-key",
        "The health check needs no API key.",
        "access: The health check needs no key",
        _HealthGuarded,
    ),
)
