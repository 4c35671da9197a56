"""One browser for many processes, in a process of its own: `python -m driver.page.host PORT`."""

import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

from driver.page.browser import Browser, NoBrowser

_ROOT = Path(__file__).parents[2]
_READY = "ready"
_END_SECONDS = 10.0


class SharedBrowser:
    """A browser that any process of this machine can join at `port`, until `close`."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process = process
        self.port = port

    @classmethod
    def start(cls) -> Self:
        """Starts it and waits until it is there. Raises NoBrowser, which says what to install."""
        port = _free_port()
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__, str(port)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stdout is not None
        if process.stdout.readline().strip() != _READY:
            _, complaint = process.communicate()
            raise NoBrowser(complaint.strip().rpartition("\n")[2] or "The browser did not start.")
        return cls(process, port)

    def close(self) -> None:
        """Ends the browser."""
        with suppress(subprocess.TimeoutExpired):
            self._process.communicate(timeout=_END_SECONDS)
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def main() -> None:
    """Runs a browser until the standard input ends."""
    try:
        browser = Browser.launch(int(sys.argv[1]))
    except NoBrowser as missing:
        sys.exit(str(missing))
    sys.stdout.write(f"{_READY}\n")
    sys.stdout.flush()
    sys.stdin.read()
    browser.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
