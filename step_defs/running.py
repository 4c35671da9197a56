"""Steps about servers of our own: starting, stopping and filling them up."""

from step_defs.world.closings import TURNED_AWAY, slow_consumer
from step_defs.world.event_checks import require_turned_away
from step_defs.world.followers import hello_of
from step_defs.world.mismatches import EventsWrong
from step_defs.world.own_servers import (
    OwnServers,
    require_end,
    require_named_in_one_line,
)
from step_defs.world.vocabulary import given, then, when
from step_defs.world.world import World


@given("a server of our own")
def own_server(world: World, own_servers: OwnServers) -> None:
    """Starts a server for this scenario alone."""
    world.meet(own_servers.start({}))


@given("a server of our own with {setting:Setting} set to {value:Count}")
def own_server_with(world: World, own_servers: OwnServers, setting: str, value: int) -> None:
    """Starts a server for this scenario alone, with one setting of its own."""
    world.meet(own_servers.start({setting: str(value)}))


@when("the server is asked to stop")
def stop(own_servers: OwnServers) -> None:
    """Asks for an orderly end, as Ctrl-C or a service manager does."""
    own_servers.latest.ask_to_stop()


@when("the server is started anew")
def restart(world: World, own_servers: OwnServers) -> None:
    """Stops the server and starts another one."""
    own_servers.latest.stop()
    world.meet(own_servers.start({}))


@when("somebody starts a server with {setting:Setting} set to {text:Text}")
def try_to_start(own_servers: OwnServers, setting: str, text: str) -> None:
    """Starts a server with one setting of its own, right or wrong."""
    own_servers.try_to_start({setting: text})


@then("{name:Name} was cut off and is told from where to resume")
def was_cut_off(world: World, name: str) -> None:
    """Reads on: behind what was sent before comes the end, which names the last event."""
    recorder = world.followers.named(name)
    recorder.resume_reading()
    recorder.wait_for_closing(world.promise.delay_deadline)
    require_turned_away(recorder, slow_consumer(recorder.last_sequence), 0)


@then("{first:Name} and {second:Name} follow different streams")
def follow_different_streams(world: World, first: str, second: str) -> None:
    """The server's greetings to the two name different streams."""
    streams = [hello_of(world.followers.named(name)).stream_id for name in (first, second)]
    if streams[0] == streams[1]:
        raise EventsWrong(
            "A server that starts anew continues the old stream",
            expected="another stream",
            got=streams[0],
        )


@then("{name:Name} is told that the server goes away")
def is_told(world: World, name: str) -> None:
    """The server closes the connection and says that it goes away."""
    going_away = TURNED_AWAY["the server goes away"]
    require_turned_away(world.followers.named(name), going_away, world.promise.delay_deadline)


@then("the server ends within {seconds:Count} seconds without complaint")
def ends(world: World, own_servers: OwnServers, seconds: int) -> None:
    """The process ends in time, with exit code 0 and nothing on its error output."""
    require_end(own_servers.latest, seconds + world.promise.grace)


@then("it does not start, and names {setting:Setting} in one line")
def does_not_start(own_servers: OwnServers, setting: str) -> None:
    """The process ends with exit code 1 and one line that tells the setting's name."""
    require_named_in_one_line(own_servers.latest, setting)
