"""The Redis server that replicas share: sends it commands, and knows whether it is there."""

import asyncio
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    BusyLoadingError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import TimeoutError as TimedOut

from app.domain import StoreUnavailable
from app.exchange import CallTimes
from app.replicas.address import shown

_LOG = logging.getLogger("app.replicas")
_SCRIPTS = Path(__file__).parent / "scripts"
# Seconds that an answer of the engine, or a connection to it, may take.
_TIMEOUT = 3.0
# Seconds for which a call is tried again before it fails; once the engine is lost, calls fail fast.
_PATIENCE = 3.0
_PAUSE = 0.05
# So many calls travel together at most.
_LARGEST_BATCH = 200
# What the engine says, besides losing the connection, when it cannot keep anything at present.
_CANNOT_KEEP = (OutOfMemoryError, ReadOnlyError)


@dataclass(frozen=True, slots=True)
class _Call:
    command: tuple[str | int, ...]
    answer: "asyncio.Future[Any]"


class Engine:
    """Calls that are asked for at the same time travel together, and no caller can break one off.

    A call may reach the engine twice, when its answer is lost: whatever is sent must allow for it.
    """

    def __init__(self, url: str, space: str = "trading:") -> None:
        self.space = space
        """The beginning of every key."""
        self.available = True
        self.call_times = CallTimes()
        """From when a call was sent first until it was answered."""
        self._url = url
        self._redis = self.connect(_TIMEOUT)
        self._scripts = _read_scripts()
        self._digests: dict[str, str] = {}
        self._waiting: list[_Call] = []
        self._asked = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def connect(self, timeout: float) -> "Redis":
        """Connections of one's own; an answer may take so many seconds."""
        return Redis.from_url(
            self._url,
            decode_responses=True,
            protocol=2,
            socket_timeout=timeout,
            socket_connect_timeout=_TIMEOUT,
            # The client's own would send again what may have been done, without a token.
            retry=Retry(NoBackoff(), 0),
        )

    async def open(self) -> None:
        """Begins to send.

        Raises:
            StoreUnavailable: the engine cannot be reached.
        """
        try:
            await self._load_scripts()
        except RedisError as error:
            await self._redis.aclose()
            raise StoreUnavailable from error
        self._sender = asyncio.create_task(self._send_forever())

    async def close(self) -> None:
        """Sends no more."""
        self._closing.set()
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.gather(self._sender, return_exceptions=True)
        _fail(self._waiting)
        await self._redis.aclose()

    async def run(self, script: str, *arguments: str | int) -> Any:
        """What a script answers.

        Raises:
            StoreUnavailable: the engine is away; the script may have been run all the same.
        """
        return await self.call("EVALSHA", self._digests[script], 1, self.space, *arguments)

    async def call(self, *command: str | int) -> Any:
        """What the engine answers to a command.

        Raises:
            StoreUnavailable: as for `run`.
        """
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Call(command, answer))
        self._asked.set()
        return await answer

    def found(self) -> None:
        """The engine answers."""
        if not self.available:
            self.available = True
            _LOG.warning("The store at %s is back.", shown(self._url))

    def lost(self, why: BaseException) -> None:
        """The engine does not answer."""
        if self.available:
            self.available = False
            _LOG.warning("The store at %s is away: %s", shown(self._url), why)

    async def _send_forever(self) -> None:
        while not self._closing.is_set():
            await self._asked.wait()
            batch = self._waiting[:_LARGEST_BATCH]
            del self._waiting[:_LARGEST_BATCH]
            if not self._waiting:
                self._asked.clear()
            try:
                await self._serve(batch)
            finally:
                _fail(batch)

    async def _serve(self, batch: list[_Call]) -> None:
        sent = time.monotonic()
        give_up_at = sent + (_PATIENCE if self.available else 0)
        while True:
            try:
                answers = await self._send(batch)
                break
            except (Disconnected, TimedOut, OSError) as error:
                if self._closing.is_set() or time.monotonic() >= give_up_at:
                    self.lost(error)
                    return
                await asyncio.sleep(_PAUSE)
        self.found()
        self.call_times.calls += len(batch)
        self.call_times.seconds += len(batch) * (time.monotonic() - sent)
        for call, answer in zip(batch, answers, strict=True):
            _settle(call, answer)

    async def _send(self, batch: list[_Call]) -> list[Any]:
        answers = await self._pipeline(batch)
        if any(isinstance(answer, BusyLoadingError) for answer in answers):
            raise Disconnected("it is loading what it keeps")
        unknown = [at for at, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
        if unknown:  # the engine was started anew
            await self._load_scripts()
            again = await self._pipeline([batch[at] for at in unknown])
            for at, answer in zip(unknown, again, strict=True):
                answers[at] = answer
        return answers

    async def _pipeline(self, batch: list[_Call]) -> list[Any]:
        pipeline = self._redis.pipeline(transaction=False)
        for call in batch:
            pipeline.execute_command(*call.command)
        return await pipeline.execute(raise_on_error=False)

    async def _load_scripts(self) -> None:
        for name, text in self._scripts.items():
            self._digests[name] = await self._redis.script_load(text)


def _read_scripts() -> dict[str, str]:
    common = (_SCRIPTS / "_common.lua").read_text(encoding="utf-8")
    return {
        path.stem: common + path.read_text(encoding="utf-8") for path in _SCRIPTS.glob("[!_]*.lua")
    }


def _settle(call: _Call, answer: Any) -> None:
    if call.answer.done():  # whoever asked has gone
        return
    if isinstance(answer, _CANNOT_KEEP) or _says(answer, "MISCONF"):
        call.answer.set_exception(StoreUnavailable())
    elif isinstance(answer, Exception):
        call.answer.set_exception(answer)
    else:
        call.answer.set_result(answer)


def _says(answer: Any, word: str) -> bool:
    return isinstance(answer, ResponseError) and str(answer).startswith(word)


def _fail(calls: list[_Call]) -> None:
    for call in calls:
        if not call.answer.done():
            call.answer.set_exception(StoreUnavailable())
