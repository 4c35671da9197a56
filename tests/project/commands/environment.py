"""A copy of the project with the environment that `python run.py` makes, and commands in it."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.project.test_documents import ROOT

SECONDS = 600.0  # for a command, on a machine with other work
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
_NOT_COPIED = (
    ".git",
    ".venv*",
    "node_modules",
    "reports",
    ".*_cache",
    "__pycache__",
    ".hypothesis",
)
_SETTING = re.compile(r"(\w+)=(\S+) ")

Done = subprocess.CompletedProcess[str]


class Copy:
    """The copy, which begins with no reports and keeps its environment from one use to the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reports = path / "reports"
        self._scripts = path / ".venv" / SCRIPTS

    def renew(self) -> None:
        """Copies the project as it is now, and makes the environment, as everybody does."""
        for old in self.path.iterdir():
            if old.name != ".venv":
                old.unlink() if old.is_symlink() or old.is_file() else shutil.rmtree(old)
        ignored = shutil.ignore_patterns(*_NOT_COPIED)
        shutil.copytree(ROOT, self.path, ignore=ignored, dirs_exist_ok=True)
        self.reports.mkdir()
        if (ROOT / "node_modules").is_dir():
            (self.path / "node_modules").symlink_to(ROOT / "node_modules")
        self.path.joinpath("my-server.toml").write_text('name = "mine"\n', encoding="utf-8")
        done = self.run("python run.py features --dry-run")
        assert done.returncode == 0, done.stdout + done.stderr
        assert not list(self.path.glob(".venv/**/hypothesis/__init__.py"))

    def run(self, command: str, *, select: str = "") -> Done:
        """Runs a command to its end; of the scenarios only those that `-k select` would choose."""
        settings, program = self._split(command)
        if select:
            settings["PYTEST_ADDOPTS"] = f"-k {shlex.quote(select)}"
        return subprocess.run(
            program,
            cwd=self.path,
            env=self._environ(settings),
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
        )

    def start(self, command: str, says: str) -> str:
        """Starts a command, ends it when a line has `says` in it; what it said."""
        settings, program = self._split(command)
        told = ""
        with subprocess.Popen(
            program,
            cwd=self.path,
            env=self._environ(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            for line in process.stdout or ():
                told += line
                if re.search(says, line):
                    break
            interrupt(process)
        return told

    def read_reports(self) -> Mapping[Path, bytes]:
        """All that lies in the folder of reports."""
        return {path: path.read_bytes() for path in self.reports.rglob("*") if path.is_file()}

    def _environ(self, settings: Mapping[str, str]) -> dict[str, str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("TRADING_", "PYTEST_"))}
        return {**plain, "PYTHONUTF8": "1", "BROWSER": "true", **settings}

    def _split(self, command: str) -> tuple[dict[str, str], list[str]]:
        settings = {}
        while match := _SETTING.match(command):
            settings[match[1]] = match[2]
            command = command[match.end() :]
        name, *arguments = shlex.split(command)
        own = self._scripts / name
        bare = name == "python" and arguments[:1] == ["run.py"]  # before anything is installed
        program = sys.executable if bare else str(own) if own.exists() else name
        return settings, [program, *arguments]


def interrupt(process: subprocess.Popen[str]) -> None:
    """Ends a command and all that it started, as Ctrl-C does."""
    if sys.platform == "win32":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGINT)
