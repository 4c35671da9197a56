"""Three servers that share a Redis, behind HAProxy."""

import json

from verification.engine import Skipped, docker, end_of, require, why_no_base, why_no_image
from verification.probes import get, require_reports, scenarios
from verification.stack import Stack

_REPLICAS = 3
_AT_THE_BALANCER = "http://balancer:8000"
_MANY = "/orders?limit=500"


def features_pass_on_replicas(services: Stack) -> str:
    """The features pass against three replicas; no order is lost when one or Redis is killed."""
    if why := why_no_base("balancer") or why_no_image("redis:7-bookworm"):
        raise Skipped(why)
    address = services.start("balancer")
    replicas = services.containers("replica")
    require(len(replicas) == _REPLICAS, f"there are {len(replicas)} replicas")
    done = services.run("suite", "--no-deps", BASE_URL=_AT_THE_BALANCER)
    require(done.returncode == 0, end_of(done))
    ran, failed, skipped = scenarios(services.reports)
    require(ran > 0 and failed == 0, f"{failed} of {ran} scenarios failed")
    placed = _orders(address)
    docker("kill", "--signal", "KILL", replicas[0], *services.containers("redis"))
    address = services.start("balancer")
    require(len(placed) > 0 and _orders(address) == placed, "orders are lost by a kill")
    return f"{ran} passed, {skipped} skipped, {require_reports(services.reports)}"


def _orders(address: str) -> list[str]:
    return [order["orderId"] for order in json.loads(get(address, _MANY))["orders"]]
