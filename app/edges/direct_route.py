"""Routes that FastAPI documents and routes to, but whose answers it does not make."""

from collections import Counter
from collections.abc import Callable, Sequence
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
    """The query, in one step of validation. Raises InvalidQuery, also if it contradicts itself."""
    given = request.query_params.multi_items()
    query = dict(given)
    if len(query) < len(given):
        raise InvalidQuery(_repeated([name for name, _ in given]))
    try:
        return model.model_validate(query)
    except ValidationError as error:
        raise InvalidQuery(error.errors()) from None


def _repeated(names: Sequence[str]) -> list[dict[str, Any]]:
    """In the form of pydantic's errors: each parameter that is given more than once."""
    again = [name for name, times in Counter(names).items() if times > 1]
    return [{"loc": [name], "type": "repeated", "msg": "is given more than once"} for name in again]
