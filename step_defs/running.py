"""Steps about dedicated servers: starting, stopping and filling them up."""

from bdd import story
from driver import Means
from step_defs.checks.invariants import OLD_STREAM
from step_defs.checks.servers import (
    require_end,
    require_named_in_one_line,
    require_not_shown,
    require_running,
)
from step_defs.checks.times import require_other_times, require_same_times
from step_defs.phrases import given, then, things, when
from step_defs.servers.own_servers import OwnServers
from step_defs.world import rules
from step_defs.world.mismatches import EventsWrong
from step_defs.world.subscribers import Traders, hello_of
from step_defs.world.world import World


@given("a dedicated server")
@story(gives=things.server)
def own_server(world: World, own_servers: OwnServers) -> None:
    """Starts a server for this scenario only."""
    world.meet(own_servers.start({}))


@given("a dedicated server with the shortest delays")
def quickest_server(world: World, own_servers: OwnServers) -> None:
    """Starts a server for this scenario only, where every delay is the shortest promised one."""
    world.meet(own_servers.start({"DELAY_MAX": f"{world.promise.delay_min}"}))


@given("a dedicated server with {setting:Setting} set to {value:Number}")
@story(gives=things.server)
def own_server_with(world: World, own_servers: OwnServers, setting: str, value: int) -> None:
    """Starts a server for this scenario only, with one setting changed."""
    world.meet(own_servers.start({setting: str(value)}))


@when("the server is asked to shut down")
@story(needs=things.server)
def stop(world: World, own_servers: OwnServers) -> None:
    """Requests a graceful shutdown, as Ctrl-C or a service manager does."""
    world.subscribers.expect_all_disconnections()
    own_servers.latest.ask_to_stop()


@when("the server is restarted")
@story(needs=things.server)
def restart(world: World, own_servers: OwnServers) -> None:
    """Stops the server and starts another with the same settings."""
    world.subscribers.expect_restart()
    world.meet(own_servers.start_anew())


@when("the operator starts a server with {setting:Setting} set to {text:Text}")
@story(gives=things.server)
def try_to_start(own_servers: OwnServers, setting: str, text: str) -> None:
    """Starts a server with one setting changed, valid or not."""
    own_servers.try_to_start({setting: text})


@then("{first:Name} and {second:Name} are on different event streams")
def follow_different_streams(world: World, first: str, second: str) -> None:
    """The two subscriptions were confirmed with different stream IDs."""
    streams = [hello_of(world.subscribers.named(name)).stream_id for name in (first, second)]
    if streams[0] == streams[1]:
        raise EventsWrong(
            OLD_STREAM, expected="another stream ID", got=streams[0], rule=rules.NEW_STREAM
        )


@then("{traders:Traders} are on the same event stream")
def follow_one_stream(world: World, traders: Traders) -> None:
    """The subscriptions were confirmed with the same stream ID."""
    streams = {hello_of(each).stream_id for each in world.subscribers.select(traders)}
    if len(streams) > 1:
        raise EventsWrong(
            "Subscribers of one server are on different event streams",
            expected="the same stream ID on every connection",
            got=", ".join(sorted(streams)),
        )


@then("both servers execute their orders with the same delays")
@story(needs=things.server)
def execute_after_same_times(world: World) -> None:
    """The first, second and further execution delays differ by less than random ones would."""
    world.need(Means.MEASURED_TIMES)
    first, second = world.subscribers.two_control_subscribers
    require_same_times(first, second, world.promise)


@then("the servers execute their orders with different delays")
@story(needs=things.server)
def execute_after_other_times(world: World) -> None:
    """The first, second and further execution delays differ as random ones do."""
    world.need(Means.MEASURED_TIMES)
    require_other_times(*world.subscribers.two_control_subscribers, world.promise)


@then("the server exits cleanly within {seconds:Count} seconds")
@story(needs=things.server)
def ends(world: World, own_servers: OwnServers, seconds: int) -> None:
    """The process exits in time, with exit code 0 and no error output."""
    require_end(own_servers.latest, seconds, world.promise.grace)


@then("the server does not start, and its one-line error names {setting:Setting}")
@story(needs=things.server)
def does_not_start(own_servers: OwnServers, setting: str) -> None:
    """The process exits with code 1 and one line of error output that names the setting."""
    require_named_in_one_line(own_servers.latest, setting)


@then("the server starts")
@story(needs=things.server)
def starts(own_servers: OwnServers) -> None:
    """The process has printed its address, and goes on running."""
    require_running(own_servers.latest)


@then("the error does not show {text:Text}")
@story(needs=things.server)
def does_not_show(own_servers: OwnServers, text: str) -> None:
    """Nothing of what the process has printed contains this text."""
    require_not_shown(own_servers.latest, text)
