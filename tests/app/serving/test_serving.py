"""The listening socket and the command line."""

import socket
import sys

import pytest

from app.__main__ import main
from app.serving import listen


def test_the_socket_names_its_protocol_so_that_answers_are_not_held_back() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_two_servers_cannot_share_a_port() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(OSError, match=r"in use|only one usage"):
        listen("127.0.0.1", first.getsockname()[1])


@pytest.mark.parametrize("port", ["-1", "65536", "x", ""])
def test_a_bad_port_is_rejected(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["app", f"--port={port}"])
    with pytest.raises(SystemExit):
        main()
    assert f"{port!r} is not a number from 0 to 65535" in capsys.readouterr().err
