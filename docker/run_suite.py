"""The suite's container: runs the features, or what the arguments say, against a server elsewhere.

The environment names the server, its promise and what to run: docs/docker.md. Arguments are
pytest's.
"""

import http.client
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest

_PATIENCE = 5.0  # seconds for an answer about the server's health


def main() -> int:
    """Runs pytest; returns its exit code, or 1 after one sentence if it cannot be run."""
    base_url = os.environ["BASE_URL"]
    try:
        # What another dialect calls its health check is known to the suite, which asks next.
        if not os.environ.get("TRADING_DIALECT"):
            require_health(base_url)
    except OSError as error:
        sys.exit(str(error))
    exit_code = pytest.main(pytest_arguments(os.environ, sys.argv[1:]))
    if exit_code != pytest.ExitCode.USAGE_ERROR:
        print("\nOn your own machine the reports are in the project's folder `reports`.")  # noqa: T201
    return exit_code


def require_health(base_url: str) -> None:
    """Raises OSError if the server does not say that it is well."""
    try:
        trouble = "" if health(base_url) == http.client.OK else "it says that it is not well"
    except (OSError, http.client.HTTPException) as error:
        trouble = str(error)
    if trouble:
        raise OSError(
            f"No healthy trading server at {base_url}: {trouble}. Nothing was tested. "
            "The server's own words: docker compose logs server"
        )


def health(base_url: str) -> int:
    """The status code of `/healthz`, asked directly, whatever proxies are configured."""
    address = urlsplit(base_url)
    secure = address.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connect(address.netloc, timeout=_PATIENCE)
    try:
        connection.request("GET", f"{address.path.rstrip('/')}/healthz")
        return connection.getresponse().status
    finally:
        connection.close()


def pytest_arguments(environ: Mapping[str, str], further: Sequence[str]) -> list[str]:
    """What to run: the features named by `further`, or else by FEATURES; and TAGS as -m."""
    named = any(Path(argument.split(":")[0]).exists() for argument in further)
    tags = environ.get("TAGS", "")
    return [
        *("-p", "no:cacheprovider"),  # the root file system is read-only
        *("--base-url", environ["BASE_URL"]),
        *_option("--delay-min", environ.get("PROMISED_DELAY_MIN")),
        *_option("--delay-max", environ.get("PROMISED_DELAY_MAX")),
        *(("-m", tags) if tags else ()),
        *(() if named else shlex.split(environ["FEATURES"])),
        *further,
    ]


def _option(name: str, value: str | None) -> tuple[str, ...]:
    return (name, value) if value else ()


if __name__ == "__main__":
    sys.exit(main())
