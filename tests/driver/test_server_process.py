"""Starting a server: commands that cannot be run, scripts that start others, what is said when."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from driver.server_process import ServerDidNotStart, ServerProcess

ADDRESS = "http://127.0.0.1:1"
STARTS_ANOTHER = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("{ADDRESS}", child.pid, flush=True)
child.wait()
"""
LOGS = f"""
import signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print("an error long ago", file=sys.stderr, flush=True)
print("{ADDRESS}", flush=True)
signal.sigwait([signal.SIGTERM])
print("stopping", file=sys.stderr, flush=True)
"""


def process(tmp_path: Path, *command: str) -> ServerProcess:
    return ServerProcess(command, {}, tmp_path / "server.log")


def script(tmp_path: Path, text: str) -> ServerProcess:
    return process(tmp_path, sys.executable, "-c", text)


def test_a_command_that_is_no_program_is_told_in_one_sentence(tmp_path: Path) -> None:
    server = process(tmp_path, "no-such-program", "&&", "node", "server.js")
    with pytest.raises(ServerDidNotStart) as told:
        server.launch()
    assert "no-such-program && node server.js: this command cannot be run" in str(told.value)
    assert "put `cd`, `&&` and the like into a script" in str(told.value)
    server.stop()


def test_a_server_that_ends_is_told_with_its_code_and_its_words(tmp_path: Path) -> None:
    server = script(tmp_path, "import sys; sys.exit('no port is free')")
    server.launch()
    with pytest.raises(ServerDidNotStart, match=r"exit code 1. Its error output: no port is free"):
        server.await_address()
    assert not server.killed


def test_a_first_line_without_an_address_is_shown(tmp_path: Path) -> None:
    server = script(tmp_path, "print('Listening', flush=True); import time; time.sleep(600)")
    server.launch()
    with pytest.raises(ServerDidNotStart, match="began its output with 'Listening', and not with"):
        server.await_address()
    assert server.killed


def await_end(pid: int) -> bool:
    """Whether a process that is not our own comes to its end, waited for or not."""
    status = Path(f"/proc/{pid}/status")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if "\nState:\tZ" in status.read_text("utf-8"):
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
    return False


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="processes are looked up there")
@pytest.mark.parametrize("end", [ServerProcess.stop, ServerProcess.kill])
def test_what_a_start_script_leaves_behind_ends_too(
    tmp_path: Path, end: Callable[[ServerProcess], None]
) -> None:
    server = script(tmp_path, STARTS_ANOTHER)
    server.launch()
    server.await_address()
    child = int(server.printed.split()[1])
    end(server)
    assert await_end(child)


@pytest.mark.skipif(sys.platform == "win32", reason="there, no process can wait for a signal")
def test_what_is_said_at_the_end_is_told_from_what_was_said_before(tmp_path: Path) -> None:
    with script(tmp_path, LOGS) as server:
        server.await_address()
        server.ask_to_stop()
        assert server.await_end(30) == 0
        assert server.last_words == "stopping"
        assert server.complaints.splitlines() == ["an error long ago", "stopping"]
