"""Steps about servers of our own: starting, stopping and filling them up."""

from step_defs.checks.times import require_same_times
from step_defs.phrases.vocabulary import given, then, when
from step_defs.servers.own_servers import (
    OwnServers,
    require_end,
    require_named_in_one_line,
)
from step_defs.world.mismatches import EventsWrong
from step_defs.world.subscribers import hello_of
from step_defs.world.world import World


@given("a server of our own")
def own_server(world: World, own_servers: OwnServers) -> None:
    """Starts a server for this scenario alone."""
    world.meet(own_servers.start({}))


@given("a server of our own with {setting:Setting} set to {value:Number}")
def own_server_with(world: World, own_servers: OwnServers, setting: str, value: int) -> None:
    """Starts a server for this scenario alone, with one setting of its own."""
    world.meet(own_servers.start({setting: str(value)}))


@when("the server is asked to stop")
def stop(world: World, own_servers: OwnServers) -> None:
    """Asks for an orderly end, as Ctrl-C or a service manager does."""
    world.subscribers.allow_all_cut_off()
    own_servers.latest.ask_to_stop()


@when("the server is started anew")
def restart(world: World, own_servers: OwnServers) -> None:
    """Stops the server and starts another one with the same settings."""
    world.subscribers.allow_all_cut_off()
    world.meet(own_servers.start_anew())


@when("somebody starts a server with {setting:Setting} set to {text:Text}")
def try_to_start(own_servers: OwnServers, setting: str, text: str) -> None:
    """Starts a server with one setting of its own, right or wrong."""
    own_servers.try_to_start({setting: text})


@then("{first:Name} and {second:Name} follow different streams")
def follow_different_streams(world: World, first: str, second: str) -> None:
    """The server's greetings to the two name different streams."""
    streams = [hello_of(world.subscribers.named(name)).stream_id for name in (first, second)]
    if streams[0] == streams[1]:
        raise EventsWrong(
            "A server that starts anew continues the old stream",
            expected="another stream",
            got=streams[0],
        )


@then("both servers execute their orders after the same times")
def execute_after_same_times(world: World) -> None:
    """The first executions, the second ones and so on differ by less than random ones would."""
    first, second = world.subscribers.two_control_subscribers
    require_same_times(first, second, world.promise)


@then("the server ends within {seconds:Count} seconds without complaint")
def ends(world: World, own_servers: OwnServers, seconds: int) -> None:
    """The process ends in time, with exit code 0 and nothing on its error output."""
    require_end(own_servers.latest, seconds + world.promise.grace)


@then("it does not start, and names {setting:Setting} in one line")
def does_not_start(own_servers: OwnServers, setting: str) -> None:
    """The process ends with exit code 1 and one line that tells the setting's name."""
    require_named_in_one_line(own_servers.latest, setting)
