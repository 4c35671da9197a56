"""Steps about those who may not trade."""

import secrets

from bdd import Thing, story
from driver import OTHER_SITE, Action, Stranger
from step_defs.phrases import given, things, when
from step_defs.servers.own_servers import OwnServers
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
