"""Requests and answers as HTTP carries them, whatever library sends them."""

from collections.abc import Mapping
from dataclasses import dataclass

from driver.errors import ContractViolation, Part

JSON = "application/json"
PROBLEM = "application/problem+json"
_FIRST_REJECTION, _FIRST_FAILURE = 400, 500


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it is sent; `path` follows the server's base URL."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer as it was received; `where` names it in findings.

    The names of `headers` are found in upper and lower case alike.
    """

    where: str
    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters (RFC 9110, 8.3.1); empty if there is none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip()

    @property
    def part(self) -> Part:
        """What kind of message it is, by its status code (RFC 9110, 15)."""
        if self.code < _FIRST_REJECTION:
            return Part.RESPONSE
        return Part.REJECTION if self.code < _FIRST_FAILURE else Part.FAILURE

    @property
    def location(self) -> str | None:
        """Where the new resource is (RFC 9110, 10.2.2)."""
        return self.headers.get("Location")

    @property
    def text(self) -> str:
        """The body, for people."""
        return self.body.decode(errors="replace")

    def violates(self, *findings: str) -> ContractViolation:
        """The answer as an error that says what is wrong with it."""
        return ContractViolation(self.where, findings, self.text)
