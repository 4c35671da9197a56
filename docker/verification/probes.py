"""Looks at images, at a running server and at the reports of a run."""

import http.client
import json
import socket
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import Any

from verification.engine import Broken, docker, inspect, require
from verification.stack import IMAGES

_MEGABYTE = 1_000_000
_PATIENCE = 10.0  # seconds for an answer
_TOOLS = "cc gcc g++ make ld git npm uv"
_REPORTS = ("report.html", "junit.xml", "allure-results")
_LOOK_AROUND = """
import importlib.util, json, os, shutil, sys
parts, tools = (text.split() for text in sys.argv[1:])
print(json.dumps({
    "user": os.getuid(),
    "files": sorted(os.listdir()),
    "parts": [name for name in parts if importlib.util.find_spec(name)],
    "tools": [name for name in tools if shutil.which(name)],
}))
"""
_HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: server\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def megabytes(image: str) -> float:
    """The size of an image, unpacked."""
    return float(inspect(image)["Size"]) / _MEGABYTE


def look_around(name: str, parts: str) -> dict[str, Any]:
    """What a container of this image sees: its user and files, which of `parts` it can import."""
    entry = ("run", "--rm", "--network", "none", "--entrypoint", "python", IMAGES[name])
    seen: dict[str, Any] = json.loads(docker(*entry, "-c", _LOOK_AROUND, parts, _TOOLS).stdout)
    return seen


def get(address: str, path: str) -> bytes:
    """The body of a page; raises Broken unless it is there."""
    connection = http.client.HTTPConnection(address, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        require(answer.status == http.client.OK, f"{address}{path} answers {answer.status}")
        return answer.read()
    finally:
        connection.close()


def subscribe(address: str) -> socket.socket:
    """A subscriber of the order events, which the server has greeted."""
    host, port = address.split(":")
    connection = socket.create_connection((host, int(port)), timeout=_PATIENCE)
    connection.sendall(_HANDSHAKE)
    heard = b""
    while b'"hello"' not in heard:
        news = connection.recv(4096)
        require(news != b"", f"the subscription was rejected: {heard!r}")
        heard += news
    return connection


def read_to_end(connection: socket.socket) -> bytes:
    """All that a subscriber is still sent."""
    heard = b""
    try:
        while news := connection.recv(4096):
            heard += news
    except ConnectionResetError:  # it does not answer, so that it is cut off
        pass
    return heard


def scenarios(reports: Path) -> tuple[int, int, int]:
    """How many were run, failed and were skipped, by the report for machines."""
    try:
        suite = Xml.parse(reports / "junit.xml").getroot().find("testsuite")  # noqa: S314
    except (OSError, Xml.ParseError) as error:
        raise Broken(f"no report: {error}") from None
    counts = suite.attrib if suite is not None else {}
    total, failures, errors, skipped = (
        int(counts.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
    )
    return total - skipped, failures + errors, skipped


def require_reports(reports: Path) -> str:
    """All reports are there and belong to the folder's owner; tells of them."""
    for name in _REPORTS:
        require((reports / name).exists(), f"{name} was not written")
    owner = reports.stat().st_uid
    strange = [path.name for path in reports.rglob("*") if path.stat().st_uid != owner]
    require(strange == [], f"not the files of user {owner}: {strange[:5]}")
    results = len(list((reports / "allure-results").glob("*-result.json")))
    page = (reports / "report.html").stat().st_size / _MEGABYTE
    return f"report.html of {page:.1f} MB, {results} results for Allure"


def left_over(reports: Path) -> list[str]:
    """The reports that are there."""
    return [name for name in _REPORTS if (reports / name).exists()]
