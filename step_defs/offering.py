"""Steps about what a server does not offer."""

from driver import Capability, Contract
from driver.lacking import found_after_all
from step_defs.checks.offering import require_absent
from step_defs.phrases import then, when
from step_defs.world.world import World


@when("the trader tries what the server is said to lack", target_fixture="found")
def try_what_is_missing(world: World, contract: Contract) -> list[Capability]:
    """Speaks to the server as if it offered each thing that its dialect declares missing."""
    return list(found_after_all(world.base_url, contract, world.promise.answer_timeout))


@then("nothing of it is there")
def is_not_there(found: list[Capability]) -> None:
    """None of it works after all."""
    require_absent(found)
