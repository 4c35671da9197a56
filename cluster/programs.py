"""The programs that a cluster is made of besides the server, and where they come from."""

import importlib.util
import shutil
from collections.abc import Sequence


class ProgramMissing(Exception):
    """A program is not installed; `str()` says what to do."""


REDIS = "redis-server"
BALANCER = "haproxy"
_SOURCES = {REDIS: "https://redis.io/docs/latest/get-started", BALANCER: "https://www.haproxy.org"}


def missing(programs: Sequence[str] = (REDIS, BALANCER)) -> str | None:
    """What to install, in one sentence; None if all is there."""
    absent = [each for each in programs if shutil.which(each) is None]
    if not absent:
        return None
    sources = ", ".join(_SOURCES[each] for each in absent)
    return (
        f"Several replicas on one machine need {' and '.join(absent)}: on Debian and Ubuntu, "
        f"apt-get install {' '.join(absent)}; elsewhere see {sources}, or use the containers "
        "(docs/replicas.md)."
    )


def lacking(programs: Sequence[str] = (REDIS, BALANCER)) -> str | None:
    """The same, and what this Python needs to start servers that share a store."""
    if importlib.util.find_spec("redis") is None:
        return (
            "Servers share a store through the package redis, which is not installed: "
            "pip install -r app/requirements-replicas.txt"
        )
    return missing(programs)


def path_of(program: str) -> str:
    """Where the program is. Raises ProgramMissing."""
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(missing([program]))
    return found
