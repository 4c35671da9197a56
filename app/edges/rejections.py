"""Turns everything that is raised while a request is handled into a problem."""

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from app.domain import OrderRejection, Rejection
from app.edges.problems import (
    NOTHING_HERE,
    OrderProblem,
    Problem,
    ValidationProblem,
    problem_response,
)
from app.edges.validation import Invalid


def reject_with_problems(app: FastAPI) -> None:
    """Makes every rejection of the app a problem, the framework's own included."""
    app.add_exception_handler(Rejection, _rejected)
    app.add_exception_handler(HTTPException, _not_routed)
    app.add_exception_handler(Exception, _failed)


async def _rejected(_: Request, rejection: Exception) -> Response:
    assert isinstance(rejection, Rejection)
    return problem_response(_problem(rejection))


def _problem(rejection: Rejection) -> Problem:
    if isinstance(rejection, OrderRejection):
        members = {"order_id": rejection.order_id, "order_status": rejection.status}
        return OrderProblem.of(rejection.reason, str(rejection), **members)
    if isinstance(rejection, Invalid):
        return ValidationProblem.of(rejection.reason, str(rejection), errors=rejection.violations)
    return Problem.of(rejection.reason, str(rejection))


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
