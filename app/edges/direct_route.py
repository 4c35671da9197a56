"""Routes that FastAPI documents and routes to, but whose answers it does not make."""

from collections.abc import Callable
from typing import Any, cast

from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.edges.validation import InvalidQuery


class DirectRoute(APIRoute):
    """Calls its endpoint with the request, what the path holds, and the query.

    The endpoint returns the response itself. FastAPI's dependencies, response models and exit
    stacks, of which the order calls use none, would cost more than all the rest of a call.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        queries = [parameter.field_info.annotation for parameter in self.dependant.query_params]
        self._query = cast("type[BaseModel]", queries[0]) if queries else None
        self.app = self._serve

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        arguments = [*scope["path_params"].values()]
        if self._query is not None:
            arguments.append(_read(self._query, request))
        response = await self.endpoint(request, *arguments)
        await response(scope, receive, send)


def _read(model: type[BaseModel], request: Request) -> BaseModel:
    """The query, in one step of validation; of a parameter given twice, the last one counts."""
    try:
        return model.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise InvalidQuery(error.errors()) from None
