"""The checks, in their order: the first line of each says what must hold."""

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from verification.engine import Skipped, base_of, end_of, inspect, require, why_no_base
from verification.handing_over import (
    interrupted_suite_hands_over,
    mistakes_leave_the_reports,
    reports_are_the_callers,
    suite_is_confined,
)
from verification.probes import (
    get,
    left_over,
    look_around,
    megabytes,
    read_to_end,
    require_reports,
    scenarios,
    subscribe,
)
from verification.replicas import features_pass_on_replicas
from verification.stack import IMAGES, Stack

Check = Callable[[Stack], str]

_SERVER_MEGABYTES = 120.0
_STOP_SECONDS = 3.0
_GOING_AWAY = b"\x03\xe9"  # 1001, RFC 6455, section 7.4.1
_ORDERS = 200
_TRY_TO_WRITE = """
import pathlib, sys
for folder in sys.argv[1:]:
    try:
        pathlib.Path(folder, "written").touch()
    except OSError:
        continue
    print(folder)
"""


def images_are_built(services: Stack) -> str:
    """The images are built from pinned requirements."""
    names = [name for name in IMAGES if not why_no_base(name)]
    services.compose("build", *names)
    return ", ".join(names)


def server_is_small(_: Stack) -> str:
    """The server's image adds at most 120 MB to the one it is made from."""
    sizes = {name: megabytes(IMAGES[name]) for name in IMAGES if not why_no_base(name)}
    added = {name: size - megabytes(base_of(name)) for name, size in sizes.items()}
    require(added["server"] <= _SERVER_MEGABYTES, f"it adds {added['server']:.0f} MB")
    return "MB " + ", ".join(f"{name} {sizes[name]:.0f} (adds {added[name]:.0f})" for name in sizes)


def images_hold_their_part(_: Stack) -> str:
    """The server's image holds only app/, the suite's nothing of it, and both no tools."""
    server = look_around("server", "pytest requests driver bdd step_defs perf")
    suite = look_around("suite", "app fastapi fastapi_swagger starlette uvicorn websockets")
    require(server["files"] == ["app"], f"the server's image holds {server['files']}")
    for seen in (server, suite):
        require(seen["parts"] == [], f"what is no part of it: {seen['parts']}")
        require(seen["tools"] == [], f"tools that are left: {seen['tools']}")
        require(seen["user"] != 0, "root runs it")
    return f"the suite's image holds {', '.join(suite['files'])}"


def server_is_confined(services: Stack) -> str:
    """The server answers on loopback only, and can write nowhere but to its memory."""
    address = services.start("server")
    require(address.startswith("127.0.0.1:"), f"it is published at {address}")
    get(address, "/healthz")
    host = inspect(services.container("server"))["HostConfig"]
    require(host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"], "it is not confined")
    folders = ("/", "/server", "/venv", "/home", "/var/tmp")  # noqa: S108
    written = services.compose("exec", "-T", "server", "python", "-c", _TRY_TO_WRITE, *folders)
    require(written.stdout == "", f"it can write to {written.stdout}")
    return address


def server_stops_at_once(services: Stack) -> str:
    """The server shuts down gracefully within 3 s and tells a subscriber."""
    with subscribe(services.start("server")) as subscriber, ThreadPoolExecutor() as background:
        begun = time.monotonic()
        stopping = background.submit(services.compose, "stop", "server")
        farewell = read_to_end(subscriber)
        stopping.result()
        seconds = time.monotonic() - begun
    require(seconds < _STOP_SECONDS, f"it took {seconds:.1f} s")
    require(_GOING_AWAY in farewell, f"the subscriber was told {farewell!r}")
    code = inspect(services.container("server"))["State"]["ExitCode"]
    require(code == 0, f"it ended with code {code}")
    return f"{seconds:.1f} s"


def features_pass(services: Stack) -> str:
    """The features pass against the server in its container, and reports are written."""
    done = services.run("suite")
    require(done.returncode == 0, end_of(done))
    ran, failed, skipped = scenarios(services.reports)
    require(ran > 0 and failed == 0, f"{failed} of {ran} scenarios failed")
    return f"{ran} passed, {skipped} skipped, {require_reports(services.reports)}"


def page_is_driven(services: Stack) -> str:
    """The page is driven by a browser in an image of its own, and reports are written."""
    done = services.run("page")
    require(done.returncode == 0, end_of(done))
    ran, failed, _ = scenarios(services.reports)
    require(ran > 0 and failed == 0, f"{failed} of {ran} scenarios failed")
    size = megabytes("trading-page")
    more = size - megabytes(IMAGES["suite"])
    return f"{ran} passed, {require_reports(services.reports)}, {size:.0f} MB ({more:.0f} more)"


def slow_server_fails(services: Stack) -> str:
    """A server slower than promised fails, and the reports are of this run."""
    features = "features/response_times.feature"
    before, _, _ = scenarios(services.reports)
    done = services.run("suite", TRADING_DELAY_MAX="3", FEATURES=features)
    require(done.returncode == 1, end_of(done))
    ran, failed, _ = scenarios(services.reports)
    require(failed > 0, f"none of {ran} scenarios failed")
    require(ran != before, "the report is of an earlier run")
    return f"{failed} of {ran} failed, {require_reports(services.reports)}"


def report_is_served(services: Stack) -> str:
    """The Allure report of the last run is served on loopback only."""
    if why := why_no_base("report"):
        raise Skipped(why)
    address = services.start("report")
    require(address.startswith("127.0.0.1:"), f"it is published at {address}")
    page = get(address, "/")
    require(b"Acceptance report" in page, "that is not the report")
    return f"{len(page) / 1e6:.1f} MB at {address}"


def sick_server_is_named(services: Stack) -> str:
    """A server that does not start is named as the cause, and no earlier report remains."""
    done = services.run("suite", TRADING_DELAY_MAX="soon")
    require(done.returncode == 1, end_of(done))
    require("No healthy trading server" in done.stderr, f"it only says:\n{end_of(done)}")
    log = services.compose("logs", "server").stdout
    require("TRADING_DELAY_MAX" in log, f"the server's log does not say why:\n{log}")
    require(left_over(services.reports) == [], f"it leaves {left_over(services.reports)}")
    return done.stderr.splitlines()[-1]


def burst_is_measured(services: Stack) -> str:
    """A burst places as many orders as asked for, and its figures are written."""
    done = services.run("burst", ORDERS=str(_ORDERS))
    require(done.returncode == 0, end_of(done))
    figures = services.reports / "performance" / "burst-1.json"
    orders = len(json.loads(figures.read_text(encoding="utf-8"))["record"]["orders"])
    require(orders == _ORDERS, f"{orders} instead of {_ORDERS} orders")
    return f"{orders} orders"


def load_is_spread(services: Stack) -> str:
    """The load is spread over as many workers as asked for."""
    done = services.run("load", LOAD_WORKERS="3", LOAD_USERS="15", LOAD_TIME="8s")
    require(done.returncode == 0, end_of(done))
    said = done.stdout + done.stderr
    require("to 3 ready workers" in said, f"no 3 workers:\n{end_of(done)}")
    total = next((line.split() for line in said.splitlines() if "Aggregated" in line), ["", "0"])
    require(int(total[1]) > 0, f"no request was made:\n{end_of(done)}")
    return f"3 workers, {total[1]} requests, failed {total[2]}"


CHECKS: Sequence[Check] = (
    images_are_built,
    server_is_small,
    images_hold_their_part,
    server_is_confined,
    server_stops_at_once,
    suite_is_confined,
    features_pass,
    page_is_driven,
    mistakes_leave_the_reports,
    slow_server_fails,
    report_is_served,
    sick_server_is_named,
    reports_are_the_callers,
    interrupted_suite_hands_over,
    burst_is_measured,
    load_is_spread,
    features_pass_on_replicas,
)
