"""Steps about several servers that share a store."""

from step_defs.phrases import given, when
from step_defs.servers.own_replicas import OwnReplicas
from step_defs.world.world import World


@given("{count:Count} replicas of one exchange")
def replicas(world: World, own_replicas: OwnReplicas, count: int) -> None:
    """Starts so many servers on a store of their own, and turns to the first."""
    own_replicas.start(count)
    world.meet(own_replicas.address(1))


@given("the trader turns to replica {number:Count}")
@when("the trader turns to replica {number:Count}")
def turn_to(world: World, own_replicas: OwnReplicas, number: int) -> None:
    """Sends all further requests and subscriptions to this replica; the first is number 1."""
    world.meet(own_replicas.address(number))


@when("replica {number:Count} dies")
def die(world: World, own_replicas: OwnReplicas, number: int) -> None:
    """Ends the process immediately, as a crash does, and with it the connections that it has."""
    world.subscribers.expect_all_disconnections()
    own_replicas.kill(number)


@when("all replicas are restarted")
def restart_all(world: World, own_replicas: OwnReplicas) -> None:
    """Stops all servers, starts as many on the same store, and turns to the first."""
    world.subscribers.expect_all_disconnections()
    own_replicas.restart_all()
    world.meet(own_replicas.address(1))
