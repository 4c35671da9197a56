"""Speaks to a server of which nothing is known: any request, any answer, any frame."""

import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import websocket
from websocket import WebSocketException

from driver.contract import HttpAnswer
from driver.contract.http import JSON
from driver.errors import AnswerOverdue, ServerUnreachable
from driver.orders import cause
from driver.sockets import websocket_url

SECONDS = 15.0
"""How long an answer or an event is waited for."""

_SUCCESS = range(200, 300)


class Caller:
    """Asks the server at `base_url`, with these headers and the key, if any, in every request."""

    def __init__(self, base_url: str, given: Mapping[str, str], key: str = "") -> None:
        self.base_url = base_url.rstrip("/")
        self.given = given
        self.key = key
        self.headers = {**({"Authorization": f"Bearer {key}"} if key else {}), **given}
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = os.environ.get("SSL_CERT_FILE") or True

    def ask(self, method: str, path: str, body: object = None) -> HttpAnswer:
        """The answer, whatever it is. Raises ServerUnreachable or AnswerOverdue."""
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        try:
            answer = self._session.request(
                method,
                self.base_url + path,
                data=sent,
                headers={"Content-Type": JSON, "Accept": JSON, **self.headers},
                timeout=SECONDS,
                allow_redirects=False,
            )
        except requests.Timeout:
            raise AnswerOverdue(f"{method} {path}", SECONDS) from None
        except requests.ConnectionError as error:
            raise ServerUnreachable(self.base_url, cause(error)) from None
        where = f"{method} {path}"
        return HttpAnswer(where, answer.status_code, answer.headers, answer.content)

    def subscribe(self, path: str) -> "Tape | None":
        """What arrives at this path from now on; None if it is no event stream."""
        try:
            socket = websocket.create_connection(
                websocket_url(self.base_url) + path,
                timeout=SECONDS,
                header=dict(self.headers),
                suppress_origin=True,
                http_no_proxy=["*"],
            )
        except (OSError, WebSocketException):
            return None
        return Tape(socket)


@dataclass
class Tape:
    """The frames of a subscription, in the order received."""

    socket: websocket.WebSocket
    frames: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def wait(self, happened: Callable[[list[str]], bool], seconds: float = SECONDS) -> bool:
        """Waits until the frames are so; False if they are not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: happened(self.frames), seconds)

    def close(self) -> None:
        """Unsubscribes."""
        self.socket.shutdown()  # type: ignore[no-untyped-call]

    def _read(self) -> None:
        while True:
            try:
                frame = self.socket.recv()
            except WebSocketException as error:
                if "timed out" in str(error):
                    continue
                return
            except OSError:
                return
            with self._changed:
                self.frames.append(frame if isinstance(frame, str) else frame.decode("latin-1"))
                self._changed.notify_all()


def document(answer: HttpAnswer | str) -> Any:
    """The JSON of an answer or a frame; None for anything else."""
    try:
        return json.loads(answer if isinstance(answer, str) else answer.body)
    except ValueError:
        return None


def succeeded(answer: HttpAnswer) -> bool:
    """Whether the answer says that all went well."""
    return answer.code in _SUCCESS
