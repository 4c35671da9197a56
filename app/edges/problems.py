"""Every reason for a rejection as an RFC 9457 problem type, and the answers made from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse, Response

from app.domain import OrderStatus
from app.edges.messages import Message, Uuid, as_json

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One reason; `explanation` is what its page tells people."""

    slug: str
    status: int
    title: str
    explanation: str

    @property
    def uri(self) -> str:
        """Where its page is, relative to the server."""
        return f"/problems/{self.slug}"


_TYPES = (
    ProblemType(
        "malformed-json",
        400,
        "The body is not JSON",
        "The body of the request must be one JSON document (RFC 8259) in UTF-8."
        " NaN and Infinity are not JSON.",
    ),
    ProblemType(
        "unauthorized",
        401,
        "API key needed",
        "The server asks for an API key: programs send it as `Authorization: Bearer <key>`.",
    ),
    ProblemType(
        "foreign-origin",
        403,
        "Foreign origin",
        "A page of another site may not trade or receive events through a visitor's browser.",
    ),
    ProblemType(
        "unknown-order",
        404,
        "Unknown order",
        "No order has this id. The server gives an order its id when it accepts the order.",
    ),
    ProblemType(
        "not-found",
        404,
        "Nothing here",
        "The server has nothing at this path; /docs lists what it has.",
    ),
    ProblemType(
        "method-not-allowed",
        405,
        "Method not allowed",
        "The path exists, but not for this method; the Allow header names those it has.",
    ),
    ProblemType(
        "duplicate-client-order-id",
        409,
        "Duplicate client order id",
        "A client's own reference may be given to one order only; the problem names that order.",
    ),
    ProblemType(
        "too-late-to-cancel",
        409,
        "Too late to cancel",
        "The order has been executed, and what is executed cannot be cancelled.",
    ),
    ProblemType(
        "already-cancelled",
        409,
        "Already cancelled",
        "The order was cancelled before and stays so.",
    ),
    ProblemType(
        "cancel-pending",
        409,
        "Cancel pending",
        "Another request is already cancelling the order; it will soon be CANCELLED.",
    ),
    ProblemType(
        "body-too-large",
        413,
        "Body too large",
        "The body of a request may have at most 64 KiB (65536 bytes).",
    ),
    ProblemType(
        "invalid-order",
        422,
        "Invalid order",
        "At least one field of the order breaks a rule; the problem lists each of them.",
    ),
    ProblemType(
        "invalid-query",
        422,
        "Invalid query",
        "At least one query parameter breaks a rule; the problem lists each of them.",
    ),
    ProblemType(
        "internal-error",
        500,
        "Internal error",
        "The server failed. This is a defect of the server, not of the request.",
    ),
    ProblemType(
        "capacity-reached",
        503,
        "Capacity reached",
        "The server keeps as many orders as it may and takes no more.",
    ),
    ProblemType(
        "store-unavailable",
        503,
        "Store unavailable",
        "The server cannot reach the store that it shares with other servers. It will try again by "
        "itself. Whether the request was carried out is unknown: look the order up, by the "
        "client's own reference if its id is not known, before sending the request again.",
    ),
)
CATALOGUE: Mapping[str, ProblemType] = {known.slug: known for known in _TYPES}


class Problem(Message):
    """Problem details (RFC 9457): why a request was rejected."""

    type: Annotated[
        str,
        Field(
            pattern="^/problems/[a-z-]+$",
            description="Fetch it for an explanation. "
            f"There is one for each reason, and no other: {', '.join(sorted(CATALOGUE))}.",
        ),
    ]
    title: str
    status: int
    detail: str

    @classmethod
    def of(cls, slug: str, detail: str, **members: object) -> Self:
        """The problem of a known type, with the members that extend it."""
        known = CATALOGUE[slug]
        return cls.model_validate(
            {"type": known.uri, "title": known.title, "status": known.status, "detail": detail}
            | members
        )


NOTHING_HERE = Problem.of("not-found", "There is nothing at this path.")


class OrderProblem(Problem):
    """A rejection because of the state of an order."""

    order_id: Uuid
    order_status: OrderStatus


class Violation(BaseModel):
    """One broken rule."""

    pointer: Annotated[str, Field(description="A JSON Pointer, or a query parameter's name.")]
    detail: str


class ValidationProblem(Problem):
    """A rejection because values break rules."""

    errors: list[Violation]


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells of a problem."""
    return Response(as_json(problem), problem.status, headers, media_type=MEDIA_TYPE)


async def problem_page(slug: str) -> Response:
    """Explains a problem type to people."""
    if slug not in CATALOGUE:
        return problem_response(Problem.of("not-found", "There is no such problem type."))
    known = CATALOGUE[slug]
    return PlainTextResponse(f"{known.title}\n\n{known.explanation}\n")
