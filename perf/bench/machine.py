"""What the figures were measured on and with."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_PACKAGES = (
    *("fastapi", "starlette", "pydantic", "pydantic-core", "uvicorn"),
    *("uvloop", "httptools", "websockets", "redis", "hiredis"),
)


def machine() -> Mapping[str, str]:
    """Processor, cores, system, Python, and the versions of what serves."""
    return {
        "processor": _processor(),
        "cores": str(psutil.cpu_count()),
        "system": platform.platform(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        **{name: _version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
