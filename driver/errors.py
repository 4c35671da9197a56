"""What can go wrong between a client and a server.

DriverError
├── ServerUnreachable   nobody answers at the address
│   └── NoEventStream   the server answers there, and lets nobody subscribe
├── AnswerOverdue       the server took the request and stayed silent
├── ApiKeyNeeded        the server asks for a key that was not given, or was wrong
├── NotOffered          the way to the server that was chosen has no words for this
├── InvalidApiKey       the key of the environment cannot be sent
└── ContractViolation   an answer or a frame is not what the contract promises
"""

from enum import StrEnum


class DriverError(Exception):
    """Base of all errors of this package; its text is one sentence for people."""


class ServerUnreachable(DriverError):
    """Nobody answers at the address, or the connection broke before the answer."""

    def __init__(self, address: str, cause: object) -> None:
        super().__init__(
            f"No trading server answers at {address} ({cause}). "
            "Is it started, and is the address right: http or https, host, port, path?"
        )


class NoEventStream(ServerUnreachable):
    """The server answers at the address, but not as an event stream does."""

    def __init__(self, address: str, code: int) -> None:
        DriverError.__init__(
            self,
            f"The server lets nobody subscribe at {address}: it answers with {code}. "
            "Is the base URL right, and the path of events (endpoints.events in a dialect)?",
        )


class AnswerOverdue(DriverError):
    """The server accepted a request and did not answer within `seconds`."""

    def __init__(self, request: str, seconds: float) -> None:
        super().__init__(f"No answer to {request} within {seconds:g} seconds.")


class ApiKeyNeeded(DriverError):
    """The server asks for an API key."""

    def __init__(self, where: str, variable: str) -> None:
        super().__init__(
            f"The server asks for an API key, and {where} says that none or a wrong one was given: "
            f"set {variable} to the right one, or the header that the dialect gives."
        )


class NotOffered(DriverError):
    """What a port cannot be asked for, such as malformed messages of a page; says what it is."""


class InvalidApiKey(DriverError):
    """The environment has an API key that no request can carry."""

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"{variable} is set to something that no request can carry: an API key has letters, "
            "digits and signs, and no blanks. Its value is not shown."
        )


class Part(StrEnum):
    """What a server sends, and what its page shows of that."""

    RESPONSE = "response"
    REJECTION = "rejection"
    FAILURE = "failure of the server"
    EVENT = "event"
    PAGE = "page"
    TAPE = "events on the page"
    KEYS = "ways of the keyboard on the page"


class ContractViolation(DriverError):
    """An answer or a frame does not have the form that the contract promises.

    `where` names the answer or frame, `findings` says each thing wrong with it, and `text` is
    what the server sent. `part` tells what kind of message it was; `only_quantities` says that all
    of it is right but for the way in which quantities are written.
    """

    part: Part

    def __init__(
        self,
        where: str,
        findings: tuple[str, ...],
        text: str,
        part: Part = Part.EVENT,
        *,
        only_quantities: bool = False,
    ) -> None:
        self.part = part
        self.only_quantities = only_quantities
        self.where = where
        self.findings = findings
        self.text = text
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        super().__init__(f"{where} breaks the contract: {'; '.join(findings)}\n  sent: {shown}")


_SHOWN = 500
