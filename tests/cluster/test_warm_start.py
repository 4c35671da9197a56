"""Servers that start as copies of a process are the servers that start anew, but sooner."""

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from driver.server_process import ServerDidNotStart, ServerProcess

LINUX = sys.platform == "linux"
pytestmark = pytest.mark.skipif(not LINUX, reason="only Linux can make such copies")
warm_start: Any = importlib.import_module("cluster.warm_start") if LINUX else None

SERVER = (sys.executable, "-m", "app", "--port", "0")
PATIENCE = 20


@pytest.fixture(scope="module")
def warm() -> Iterator[Any]:
    warm = warm_start.WarmStart(("app.wiring", "app.serving", "no_such_module"))
    yield warm
    warm.close()


def server(warm: Any, folder: Path, **settings: str) -> ServerProcess:
    return ServerProcess(SERVER, settings, folder / "server.log", warm.launch)


def program(warm: Any, folder: Path, *command: str) -> ServerProcess:
    return ServerProcess((sys.executable, *command), {"SEED": "5"}, folder / "log", warm.launch)


def parent_of(number: int | None) -> int:
    return int(
        Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
    )


def ends(number: int | None) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not Path(f"/proc/{number}").exists():
            return True
        time.sleep(0.01)
    return False


def test_a_copy_serves_and_ends_as_a_server_does(warm: Any, tmp_path: Path) -> None:
    with server(warm, tmp_path) as process:
        with urlopen(f"{process.await_address()}/healthz") as answer:
            assert answer.status == 200
        assert parent_of(process.pid) != os.getpid(), "it was not copied"
        assert process.await_end(0) is None
        process.ask_to_stop(signal.SIGTERM)
        assert process.await_end(PATIENCE) == 0
        assert process.complaints == ""


def test_each_copy_has_its_own_settings(warm: Any, tmp_path: Path) -> None:
    with server(warm, tmp_path, MAX_ORDERS="many") as refusing:
        with pytest.raises(ServerDidNotStart):
            refusing.await_address()
        assert refusing.complaints.count("\n") == 0
        assert "TRADING_MAX_ORDERS='many'" in refusing.complaints
    with server(warm, tmp_path / "other") as process:
        process.await_address()


def test_a_bad_setting_is_exit_code_1(warm: Any, tmp_path: Path) -> None:
    with server(warm, tmp_path, SEED="abc") as process:
        assert process.await_end(PATIENCE) == 1


def test_a_copy_can_be_killed(warm: Any, tmp_path: Path) -> None:
    with server(warm, tmp_path) as process:
        process.await_address()
        process.kill()
        assert process.await_end(PATIENCE) == -9


@pytest.fixture
def of_folder(tmp_path: Path) -> Iterator[Any]:
    """What makes copies that find the modules in the test's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        warm = warm_start.WarmStart(())
    yield warm
    warm.close()


def test_a_copy_has_arguments_and_environment(of_folder: Any, tmp_path: Path) -> None:
    (tmp_path / "told.py").write_text(
        "import os, sys; print('http://' + '-'.join([*sys.argv[1:], os.environ['TRADING_SEED']]))",
        encoding="utf-8",
    )
    with program(of_folder, tmp_path, "-m", "told", "a", "b") as process:
        assert process.await_address() == "http://a-b-5"


@pytest.mark.parametrize(
    ("end", "code", "complaint"),
    [
        ("pass", 0, ""),
        ("sys.exit()", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit('it is late')", 1, "it is late"),
        ("raise ValueError('it is late')", 1, "ValueError: it is late"),
    ],
)
def test_a_copy_ends_as_its_module_does(
    of_folder: Any, tmp_path: Path, end: str, code: int, complaint: str
) -> None:
    goodbye = tmp_path / "goodbye"
    last = f"import atexit, pathlib, sys; atexit.register(pathlib.Path({str(goodbye)!r}).touch)"
    (tmp_path / "ending.py").write_text(f"{last}\n{end}\n", encoding="utf-8")
    with program(of_folder, tmp_path, "-m", "ending") as process:
        assert process.await_end(PATIENCE) == code
        assert process.complaints.endswith(complaint)
        assert bool(process.complaints) == bool(complaint)
    assert goodbye.exists()


def test_other_commands_start_anew(warm: Any, tmp_path: Path) -> None:
    with program(warm, tmp_path, "-c", "import os; print('http://', os.getppid(), sep='')") as own:
        assert own.await_address() == f"http://{os.getpid()}"


def test_without_its_template_a_server_starts_anew(tmp_path: Path) -> None:
    warm = warm_start.WarmStart(())
    warm.close()
    with server(warm, tmp_path) as process:
        process.await_address()
        assert parent_of(process.pid) == os.getpid()


def test_a_copy_is_stopped_when_who_asked_for_it_has_gone(tmp_path: Path) -> None:
    asks = (
        "import os, sys; from pathlib import Path; from cluster.warm_start import WarmStart;"
        "from driver.server_process import ServerProcess;"
        f"server = ServerProcess({SERVER!r}, {{}}, Path({str(tmp_path / 'log')!r}),"
        " WarmStart(('app.wiring',)).launch);"
        "server.launch(); server.await_address(); print(server.pid, flush=True); os._exit(0)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", asks], stdout=subprocess.PIPE, check=True, text=True, timeout=60
    )
    assert ends(int(asked.stdout))
