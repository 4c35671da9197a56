"""The services of docker-compose.yml as a project of their own, beside what else is running."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verification.engine import ROOT, Done, docker

IMAGES = {name: f"trading-{name}" for name in ("server", "suite", "load", "report", "balancer")}
_PROJECT = "trading-acceptance-verify"
_PORTS = {"server": "8000", "report": "5050", "balancer": "8000"}
_FREE_PORTS = dict.fromkeys(("SERVER_PORT", "LOAD_PORT", "REPORT_PORT", "BALANCER_PORT"), "0")


@dataclass(frozen=True)
class Stack:
    """The services, with these settings and no others; reports go to a folder of their own."""

    reports: Path
    own_settings: Mapping[str, str]
    env_file: Path

    def compose(self, *arguments: str, check: bool = True, **settings: str) -> Done:
        """Runs a compose command, with further settings; raises Broken if it fails."""
        scope = ("--project-name", _PROJECT, "--env-file", str(self.env_file), "--profile", "*")
        environ = {**_without_settings(os.environ), **self.own_settings, **settings}
        return docker("compose", *scope, *arguments, environ=environ, check=check)

    def run(self, service: str, *options: str, **settings: str) -> Done:
        """Runs a service to its end, whatever it is; `options` are those of `compose run`."""
        entry = ("run", "--rm", "--use-aliases", *options, service)
        return self.compose(*entry, check=False, **settings)

    def start(self, service: str) -> str:
        """Starts a service; gives its `host:port` on this machine once it is healthy."""
        self.compose("up", "--detach", "--wait", service)
        return self.compose("port", service, _PORTS[service]).stdout.strip()

    def container(self, service: str) -> str:
        """The service's container, also if it has ended."""
        return self.compose("ps", "--all", "--quiet", service).stdout.strip()

    def containers(self, service: str) -> list[str]:
        """All containers of the service."""
        return self.container(service).splitlines()

    def end(self) -> None:
        """Stops and removes all containers and networks."""
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "3")


@contextmanager
def stack() -> Iterator[Stack]:
    """The services, none of them started; only the images are left of them afterwards."""
    with tempfile.TemporaryDirectory(prefix="trading-") as name:
        folder = Path(name)
        reports = folder / "reports"
        reports.mkdir()
        env_file = folder / "settings.env"  # empty, instead of the user's own
        env_file.touch()
        settings = {"REPORTS_DIR": str(reports), **_FREE_PORTS}
        services = Stack(reports, settings, env_file)
        try:
            yield services
        finally:
            services.end()


def _without_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment less what docker-compose.yml would take from it."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    taken = {*re.findall(r"\$\{(\w+)", text), *re.findall(r"^ +(TRADING_\w+):", text, re.MULTILINE)}
    return {name: value for name, value in environ.items() if name not in taken}
