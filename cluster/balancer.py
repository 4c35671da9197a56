"""HAProxy in front of servers: requests in turn, and each WebSocket to one of them."""

import os
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cluster.programs import BALANCER, path_of

_STOP_SECONDS = 2.0
# A server that is away is noticed within a third of a second. One whose store is away serves, too:
# it says so itself. Only what has not been sent to a server is sent to another one.
_CONFIGURATION = """\
global
  maxconn 4000
defaults
  mode http
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  retries 3
  option redispatch
  retry-on conn-failure
frontend orders
  bind fd@{descriptor}
  default_backend replicas
backend replicas
  balance roundrobin
  option httpchk GET /healthz
  http-check expect rstatus (200|401|503)
  default-server check inter 300ms fall 1 rise 1 observe layer4 error-limit 1 on-error mark-down
"""


class Balancer:
    """Listens on a port, 0 for a free one, and passes on to servers by their addresses."""

    def __init__(self, host: str, port: int, folder: Path) -> None:
        self._listener = socket.create_server((host, port), backlog=2048)
        self._configuration = folder / "haproxy.cfg"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        """Where it listens."""
        host, port = self._listener.getsockname()[:2]
        return f"http://{host}:{port}"

    def start(self, servers: Sequence[str]) -> None:
        """Begins to pass on. Raises ProgramMissing."""
        descriptor = self._listener.fileno()
        lines = [
            f"  server replica-{number} {urlsplit(each).netloc}\n"
            for number, each in enumerate(servers, start=1)
        ]
        text = _CONFIGURATION.format(descriptor=descriptor) + "".join(lines)
        self._configuration.write_text(text, encoding="utf-8")
        os.set_inheritable(descriptor, True)
        self._process = subprocess.Popen(  # noqa: S603 - a program of this machine
            [path_of(BALANCER), "-db", "-q", "-f", str(self._configuration)],
            pass_fds=[descriptor],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self) -> None:
        """Passes on no more."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._listener.close()
