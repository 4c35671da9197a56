"""Steps about those who may not trade."""

import secrets
from collections.abc import Iterable

from bdd import Thing, story
from driver import OTHER_SITE, Action, Stranger
from step_defs.phrases import given, then, things, when
from step_defs.servers.own_servers import OwnServers
from step_defs.world.mismatches import ContractBroken
from step_defs.world.world import World


@given("a dedicated server that asks for an API key")
@story(gives=things.server)
def server_with_key(world: World, own_servers: OwnServers) -> None:
    """Starts a server for this scenario only; the trader has its key."""
    key = secrets.token_urlsafe(24)
    world.meet(own_servers.start({"API_KEY": key}), key)


@given("a dedicated server that allows pages of another site")
@story(gives=things.server)
def server_with_allowed_site(world: World, own_servers: OwnServers) -> None:
    """Starts a server for this scenario only, which lets pages of that site trade."""
    world.meet(own_servers.start({"ALLOWED_ORIGINS": OTHER_SITE}))


def _attempted(attempt: Action, **_: object) -> list[Thing]:
    return [things.answer(), *[things.order()] * (attempt is Action.PLACE)]


@when("{stranger:Stranger} tries to {attempt:Attempt}")
@story(gives=_attempted)
def tries(world: World, stranger: Stranger, attempt: Action) -> None:
    """Sends the request as the stranger's browser, or the stranger, would."""
    world.attempt(stranger, attempt)


def _wanted(trade: Action, **_: object) -> Iterable[Thing]:
    return things.an_order() if trade is Action.CANCEL else []


@then("a browser lets {stranger:Stranger} {trade:Trade}")
@story(needs=_wanted)
def browser_lets(world: World, stranger: Stranger, trade: Action) -> None:
    """The server permits it when a browser asks, as it does before it sends such a request."""
    if objections := world.objections_of_browsers(stranger, trade):
        raise ContractBroken(
            "A browser does not let the page do what the operator has allowed",
            expected="an answer to its preflight (OPTIONS) that permits the request",
            got="\n".join(objections),
        )


@then("no browser lets {stranger:Stranger} {trade:Trade}")
@story(needs=_wanted)
def no_browser_lets(world: World, stranger: Stranger, trade: Action) -> None:
    """The server does not permit it when a browser asks."""
    if not world.objections_of_browsers(stranger, trade):
        raise ContractBroken(
            "A browser lets a page do what nobody has allowed",
            expected="an answer to its preflight (OPTIONS) that does not permit the request",
            got="one that permits it",
        )
