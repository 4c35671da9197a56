"""Turns everything that is raised while a request is handled into a problem."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from app.domain import OrderRefusal, Refusal
from app.edges.problems import (
    NOTHING_HERE,
    OrderProblem,
    Problem,
    ValidationProblem,
    problem_response,
)
from app.edges.validation import Invalid, InvalidQuery


def refuse_with_problems(app: FastAPI) -> None:
    """Makes every refusal of the app a problem, the framework's own included."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid_query)
    app.add_exception_handler(HTTPException, _not_routed)
    app.add_exception_handler(Exception, _failed)


async def _refused(_: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return problem_response(_problem(refusal))


def _problem(refusal: Refusal) -> Problem:
    if isinstance(refusal, OrderRefusal):
        members = {"order_id": refusal.order_id, "order_status": refusal.status}
        return OrderProblem.of(refusal.reason, str(refusal), **members)
    if isinstance(refusal, Invalid):
        return ValidationProblem.of(refusal.reason, str(refusal), errors=refusal.violations)
    return Problem.of(refusal.reason, str(refusal))


async def _invalid_query(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await _refused(request, InvalidQuery(error.errors()))


async def _not_routed(request: Request, error: Exception) -> Response:
    """The framework raises `HTTPException` for unknown paths and wrong methods only."""
    assert isinstance(error, HTTPException)
    allowed = ", ".join(_allowed_methods(request))
    if not allowed:
        return problem_response(NOTHING_HERE)
    problem = Problem.of("method-not-allowed", f"Only {allowed} can be used here.")
    return problem_response(problem, {"Allow": allowed})


async def _failed(_request: Request, _error: Exception) -> Response:
    return problem_response(Problem.of("internal-error", "The server failed; it logged why."))


def _allowed_methods(request: Request) -> list[str]:
    """The methods of all routes at the path; the framework tells those of the first one only."""
    methods = {
        method
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
    return sorted(methods)
