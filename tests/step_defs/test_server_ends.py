"""How the end of a server is judged: by its exit code, its time, and what it says from then on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from driver.server_process import ServerDidNotStart, ServerProcess
from step_defs.checks.servers import require_end, require_named_in_one_line, require_not_shown
from step_defs.world.mismatches import ContractBroken

STARTED = "print('http://127.0.0.1:1', flush=True)"
WAITS = f"""
import signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print("Error: a client went away", file=sys.stderr, flush=True)
{STARTED}
signal.sigwait([signal.SIGTERM])
"""


@contextmanager
def ended(tmp_path: Path, text: str) -> Iterator[ServerProcess]:
    with ServerProcess([sys.executable, "-c", text], {}, tmp_path / "server.log") as server:
        try:
            server.await_address()
        except ServerDidNotStart:
            pass
        else:
            server.ask_to_stop()
        yield server


@pytest.mark.skipif(sys.platform == "win32", reason="there, no process can wait for a signal")
@pytest.mark.parametrize("said", ["", "print('INFO: bye', file=sys.stderr)"])
def test_a_server_may_log_when_it_stops(tmp_path: Path, said: str) -> None:
    with ended(tmp_path, WAITS + said) as server:
        require_end(server, 30, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="there, no process can wait for a signal")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("raise KeyError('order')", "exit code 1, error output: Traceback"),
        ("print('ERROR - task destroyed', file=sys.stderr)", "exit code 0, error output: ERROR"),
        ("sys.exit(3)", "exit code 3, error output: none"),
    ],
)
def test_a_server_that_stops_with_an_error_is_blamed(tmp_path: Path, said: str, told: str) -> None:
    with ended(tmp_path, WAITS + said) as server, pytest.raises(ContractBroken) as broken:
        require_end(server, 30, 0)
    assert told in str(broken.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STARTED, "the server started"),
        ("print('SEED is bad'); raise SystemExit(1)", "exit code 1; output: SEED is bad"),
        ("raise SystemExit('SEED is bad\\nusage: …')", "error output: SEED is bad"),
        (
            "print('odd', flush=True); import time; time.sleep(600)",
            "killed by the suite; output: odd",
        ),
    ],
)
def test_a_setting_that_is_not_rejected_as_promised(tmp_path: Path, text: str, told: str) -> None:
    with ended(tmp_path, text) as server, pytest.raises(ContractBroken) as broken:
        require_named_in_one_line(server, "SEED")
    assert told in str(broken.value)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_secret_in_the_output_is_found(tmp_path: Path, stream: str) -> None:
    with ended(tmp_path, f"import sys; print('KEY=secret', file=sys.{stream})") as server:
        require_not_shown(server, "public")
        with pytest.raises(ContractBroken, match="must stay secret"):
            require_not_shown(server, "secret")
