"""Docker's command line."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_OLDEST_COMPOSE = (2, 20, 2)  # the first with `required` in depends_on
_COMMAND_SECONDS = 15 * 60.0  # the first build downloads what the images are made of
_ANSWER_SECONDS = 15.0
_SHOWN_LINES = 30

Done = subprocess.CompletedProcess[str]


class Broken(Exception):
    """Something is not as promised; its text says what."""


class Skipped(Exception):
    """A check cannot be made here; its text says why."""


def require(promise: bool, otherwise: str) -> None:
    """Raises Broken unless the promise holds."""
    if not promise:
        raise Broken(otherwise)


def docker(
    *arguments: str,
    environ: Mapping[str, str] = os.environ,
    check: bool = True,
    seconds: float = _COMMAND_SECONDS,
) -> Done:
    """Runs a command in the project's folder; raises Broken if it fails or takes too long."""
    command = ["docker", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the commands are those of this package
            command,
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Broken(str(error)) from None
    require(not check or done.returncode == 0, f"{' '.join(command)} failed:\n{end_of(done)}")
    return done


def end_of(done: Done) -> str:
    """The code that a command ended with, and the last lines of what it said."""
    lines = (done.stdout + done.stderr).splitlines()[-_SHOWN_LINES:]
    return "\n".join([f"code {done.returncode}", *lines])


def inspect(name: str) -> dict[str, Any]:
    """What Docker knows of an image or a container."""
    found: dict[str, Any] = json.loads(docker("inspect", name).stdout)[0]
    return found


def why_not_usable() -> str:
    """Why nothing can be built or run here; empty if it can."""
    if shutil.which("docker") is None:
        return "there is no docker command"
    if not _succeeds("version", "--format", "{{.Server.Version}}"):
        return "no Docker engine answers"
    version = docker("compose", "version", "--short", check=False).stdout
    if tuple(int(part) for part in re.findall(r"\d+", version)[:3]) < _OLDEST_COMPOSE:
        return f"Docker Compose {'.'.join(map(str, _OLDEST_COMPOSE))} or later is needed"
    return why_no_base("server")


def why_no_base(name: str) -> str:
    """Why an image cannot be built here for want of the one it is made from; empty if it can."""
    return why_no_image(base_of(name))


@cache
def why_no_image(image: str) -> str:
    """Why an image of others cannot be used here; empty if it can."""
    if _succeeds("image", "inspect", image):
        return ""
    pulled = _succeeds("pull", "--quiet", image, seconds=_COMMAND_SECONDS)
    return "" if pulled else f"the image {image} is neither here nor to be had"


def base_of(name: str) -> str:
    """The image that the one of this Dockerfile is made from."""
    text = (ROOT / "docker" / f"{name}.Dockerfile").read_text(encoding="utf-8")
    bases: list[str] = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    return bases[-1]


def _succeeds(*arguments: str, seconds: float = _ANSWER_SECONDS) -> bool:
    try:
        return docker(*arguments, check=False, seconds=seconds).returncode == 0
    except Broken:
        return False
