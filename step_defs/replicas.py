"""Steps about several servers that share a store."""

from functools import partial
from itertools import chain

from bdd import story
from step_defs.checks.servers import require_healthy
from step_defs.phrases import given, then, things, when
from step_defs.phrases.new_orders import NewOrders
from step_defs.servers.own_replicas import OwnReplicas
from step_defs.world.mismatches import contract_kept
from step_defs.world.spread import place_spread, place_while
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


@when("the trader places {orders:NewOrders}, spread over all replicas")
@story(gives=things.new_orders())
def place_everywhere(world: World, own_replicas: OwnReplicas, orders: NewOrders) -> None:
    """Places all orders at the same moment, at each replica in turn."""
    place_spread(world, [*chain(*orders.batches(world))], own_replicas.addresses)


@when(
    "the trader places {orders:NewOrders}, spread over all replicas, "
    + "and replica {number:Count} dies meanwhile"
)
@story(gives=things.new_orders())
def place_while_one_dies(
    world: World, own_replicas: OwnReplicas, orders: NewOrders, number: int
) -> None:
    """Ends that replica as soon as the first order is announced.

    Orders whose answer was lost with it may have been accepted or not, and are left out later.
    """
    drafts = [*chain(*orders.batches(world))]
    place_while(world, drafts, own_replicas.addresses, partial(die, world, own_replicas, number))


@when("the store is shut down")
def shut_store_down(own_replicas: OwnReplicas) -> None:
    """Stops the store that the replicas share, which keeps what it has."""
    own_replicas.stop_store()


@when("the store is started again")
def start_store(own_replicas: OwnReplicas) -> None:
    """Starts the store of the replicas with what it kept."""
    own_replicas.start_store()


@then("every replica passes its health check within {seconds:Count} seconds")
def all_recover(world: World, own_replicas: OwnReplicas, seconds: int) -> None:
    """Each replica is asked again and again, until it answers that it serves."""
    for address in own_replicas.addresses:
        with contract_kept():
            require_healthy(world.port_at(address), address, seconds)


@when("all replicas are restarted")
def restart_all(world: World, own_replicas: OwnReplicas) -> None:
    """Stops all servers, starts as many on the same store, and turns to the first."""
    world.subscribers.expect_all_disconnections()
    own_replicas.restart_all()
    world.meet(own_replicas.address(1))
