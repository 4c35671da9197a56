"""The process that `cluster.warm_start` asks for copies: it has imported what servers need.

Run as `python -m cluster.warm_template FD MODULE…`. Each message on the socket FD asks for a copy
that runs a module as `python -m` does; with it come the copy's output, its error output, and a
socket that is told the number of the process and, in the end, its exit code. A copy whose asker
has gone is asked to stop. The process ends when nobody can ask any more and all copies have ended.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

assert sys.platform == "linux", "elsewhere a process cannot be copied, or not watched"

LARGEST_ORDER = 200_000
"""Bytes of a message, which the system bounds: arguments and environment."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a copy shall run: a module, as `python -m` does, and where."""

    module: str
    arguments: Sequence[str]
    environment: dict[str, str]
    directory: str


class _Template:
    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._selector = selectors.DefaultSelector()
        self._selector.register(orders, selectors.EVENT_READ, self._copy)
        self._open: dict[int, tuple[int, socket.socket]] = {}

    def run(self) -> Order | None:
        """Returns what to run, in each copy; None when nobody asks any more and all have ended."""
        while self._selector.get_map():
            for key, _ in self._selector.select():
                if order := key.data():
                    return order  # type: ignore[no-any-return]
        return None

    def _copy(self) -> Order | None:
        message, (output, errors, asker), _, _ = _received(self._orders)
        if not message:
            self._selector.unregister(self._orders)
            return None
        reply = socket.socket(fileno=asker)
        number = os.fork()
        if number == 0:
            self._forget()
            reply.close()
            _take_over(output, errors)
            return Order(**json.loads(message))
        os.close(output)
        os.close(errors)
        self._watch(number, reply)
        return None

    def _watch(self, number: int, reply: socket.socket) -> None:
        ended = os.pidfd_open(number)
        self._open[number] = (ended, reply)
        self._selector.register(ended, selectors.EVENT_READ, partial(self._tell_end, number))
        self._selector.register(reply, selectors.EVENT_READ, partial(self._stop, number))
        _send(reply, number)

    def _tell_end(self, number: int) -> None:
        ended, reply = self._open.pop(number)
        _, status = os.waitpid(number, 0)
        _send(reply, os.waitstatus_to_exitcode(status))
        for each in (ended, reply):
            with suppress(KeyError):  # its asker has gone before
                self._selector.unregister(each)
        os.close(ended)
        reply.close()

    def _stop(self, number: int) -> None:
        """The asker has gone: it never says anything."""
        self._selector.unregister(self._open[number][1])
        os.kill(number, signal.SIGTERM)

    def _forget(self) -> None:
        """In a copy: closes what only the template needs."""
        self._selector.close()
        self._orders.close()
        for ended, reply in self._open.values():
            os.close(ended)
            reply.close()


def _received(orders: socket.socket) -> tuple[bytes, Sequence[int], int, object]:
    message, descriptors, flags, address = socket.recv_fds(orders, LARGEST_ORDER, 3)
    return message, descriptors or (-1, -1, -1), flags, address


def _send(reply: socket.socket, number: int) -> None:
    with suppress(OSError):  # the asker has gone
        reply.send(str(number).encode())


def _take_over(output: int, errors: int) -> None:
    """Makes the given descriptors those of this process, which belongs to no terminal."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for own, standard in ((nothing, 0), (output, 1), (errors, 2)):
        os.dup2(own, standard)
        os.close(own)


def _run(order: Order) -> None:
    os.chdir(order.directory)
    os.environ.clear()
    os.environ.update(order.environment)
    sys.argv = [order.module, *order.arguments]
    runpy.run_module(order.module, run_name="__main__", alter_sys=True)


class _QuickEnd:
    """Ends the process when all other handlers of `atexit` are done, with the exit code as ever.

    Python would take down all that was imported, which in a copy costs more than its start.
    """

    def __init__(self) -> None:
        self._code = 0
        atexit.register(self._end)  # the last to be called if it is the first to be registered

    def run(self, order: Order) -> None:
        """Runs it, and remembers what becomes of it."""
        try:
            _run(order)
        except BaseException as error:
            told = error.code if isinstance(error, SystemExit) else 1
            self._code = told if isinstance(told, int) else int(told is not None)
            raise

    def _end(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # whoever read this may have gone
                stream.flush()
        os._exit(self._code)


def main(descriptor: str, *modules: str) -> None:
    """Imports the modules, those that are there, and makes copies until nobody asks any more."""
    quick_end = _QuickEnd()
    for module in modules:
        with suppress(ImportError):
            importlib.import_module(module)
    gc.freeze()  # a collection in a copy shall not touch, hence copy, all of the memory
    if order := _Template(socket.socket(fileno=int(descriptor))).run():
        quick_end.run(order)


if __name__ == "__main__":
    main(*sys.argv[1:])
