"""Several servers behind one address: `python -m cluster --replicas 3 --port 8000`."""

import argparse
import gc
import os
import signal
import sys
import threading
from contextlib import ExitStack

from cluster.balancer import Balancer
from cluster.guard import Guard
from cluster.programs import lacking
from cluster.replicas import Replicas
from driver.server_process import PREFIX, STOP_SIGNALS, ServerDidNotStart


def main() -> int:
    """Serves until a stop signal; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m cluster", description=__doc__)
    parser.add_argument("--replicas", type=int, default=3, help="how many servers (default: 3)")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one (default: 8000)")
    options = parser.parse_args()
    if lack := lacking():
        sys.exit(lack)
    stopped = threading.Event()
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: stopped.set())
    own = {name: os.environ[name] for name in os.environ if name.startswith(PREFIX)}
    settings = {name.removeprefix(PREFIX): value for name, value in own.items()}
    return serve(options, settings, stopped)


def serve(options: argparse.Namespace, settings: dict[str, str], stopped: threading.Event) -> int:
    """Starts everything, tells the address, and stops everything at the end."""
    with ExitStack() as resources:
        guard = Guard()
        resources.callback(guard.dismiss)
        replicas = Replicas(options.replicas, settings, watch=guard.watch)
        resources.callback(replicas.stop)
        guard.remove(replicas.folder)
        try:
            replicas.start()
        except ServerDidNotStart:
            complaints = {server.complaints for server in replicas.servers}
            print(max(complaints), file=sys.stderr)
            return 1
        balancer = Balancer(options.host, options.port, replicas.folder)
        resources.callback(balancer.stop)
        guard.watch(balancer.start(replicas.addresses))
        print(f"Trading server listening on {balancer.base_url}", flush=True)
        stopped.wait()
        replicas.stop_servers()
    gc.freeze()  # Python would look through all that goes with the process anyway
    return 0


if __name__ == "__main__":
    sys.exit(main())
