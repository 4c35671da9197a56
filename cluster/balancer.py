"""HAProxy in front of servers: requests in turn, and each WebSocket to one of them."""

import os
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cluster.programs import BALANCER, path_of

_STOP_SECONDS = 2.0
_COMMON = Path(__file__).with_name("haproxy.cfg")


class Balancer:
    """Listens on a port, 0 for a free one, and passes on to servers by their addresses."""

    def __init__(self, host: str, port: int, folder: Path) -> None:
        self._listener = socket.create_server((host, port), backlog=2048)
        self._servers = folder / "servers.cfg"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        """Where it listens."""
        host, port = self._listener.getsockname()[:2]
        return f"http://{host}:{port}"

    def start(self, servers: Sequence[str]) -> int:
        """Begins to pass on; the number of its process. Raises ProgramMissing."""
        descriptor = self._listener.fileno()
        lines = [
            f"  server replica-{number} {urlsplit(each).netloc}\n"
            for number, each in enumerate(servers, start=1)
        ]
        self._servers.write_text("backend replicas\n" + "".join(lines), encoding="utf-8")
        os.set_inheritable(descriptor, True)
        self._process = subprocess.Popen(  # noqa: S603 - a program of this machine
            [path_of(BALANCER), "-db", "-q", "-f", str(_COMMON), "-f", str(self._servers)],
            env={**os.environ, "LISTEN": f"fd@{descriptor}"},
            pass_fds=[descriptor],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self._process.pid

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
