"""The strict models of bodies and frames, made from the terms of one contract.

A missing, an extra or a mistyped field is an error. The models are the suite's own, so that a
server that drifts is noticed.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from driver.contract.forms import SENTENCE, forms
from driver.contract.terms import Names, Terms
from driver.errors import ContractViolation
from driver.messages import Hello, Order, OrderEvent, OrderPage
from driver.vocabulary import OrderStatus

_STRICT = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class HealthBody(BaseModel):
    """The word of a health check that passes."""

    model_config = _STRICT

    status: Literal["ok"]


class InvalidFieldBody(BaseModel):
    """One thing wrong with a request."""

    model_config = _STRICT

    pointer: str
    detail: SENTENCE


class ProblemBody(BaseModel):
    """A rejection: RFC 9457 problem details."""

    # RFC 9457 lets a problem carry further members: these are the ones the contract names.
    model_config = ConfigDict(strict=True, frozen=True)

    type: str
    title: SENTENCE
    status: int
    detail: SENTENCE
    errors: list[InvalidFieldBody] | None = None
    order_id: str | None = None
    order_status: OrderStatus | None = None


class _Info(BaseModel):
    """Who publishes a document (OpenAPI 3.1, 4.8.2)."""

    version: str


class DocumentBody(BaseModel):
    """The OpenAPI document, as far as it tells the server's version."""

    info: _Info


class Models:
    """Reads bodies and frames; whatever has another form raises ContractViolation."""

    def __init__(self, terms: Terms) -> None:
        form = forms(terms.words)
        order = _model("Order", form, terms.fields.order)
        page = {"orders": list[order], "next_cursor": str | None}  # type: ignore[valid-type]
        self._order = TypeAdapter[Any](order)
        self._page = TypeAdapter[Any](_model("Page", page, terms.fields.page))
        self._frame = TypeAdapter[Any](_frame(terms, form))
        self._problem = TypeAdapter[ProblemBody](_problem(terms, form))
        self._health = TypeAdapter(HealthBody)
        self._document = TypeAdapter(DocumentBody)

    def order(self, text: str | bytes, where: str) -> Order:
        """An order from an answer's body."""
        return _order(_read(self._order, text, where))

    def page(self, text: str | bytes, where: str) -> OrderPage:
        """A page of orders from an answer's body."""
        page = _read(self._page, text, where)
        return OrderPage(tuple(map(_order, page.orders)), page.next_cursor)

    def frame(self, text: str | bytes, where: str) -> Hello | OrderEvent:
        """A frame of the event stream."""
        fields = dict(_read(self._frame, text, where))
        del fields["kind"]
        return OrderEvent(**fields) if "order_id" in fields else Hello(**fields)

    def problem(self, text: str | bytes, where: str) -> ProblemBody:
        """A rejection from an answer's body."""
        problem: ProblemBody = _read(self._problem, text, where)
        return problem

    def health(self, text: str | bytes, where: str) -> None:
        """Checks the body of the answer that says the health check passes."""
        _read(self._health, text, where)

    def version(self, text: str | bytes) -> str | None:
        """The version in a published OpenAPI document, if it is one."""
        try:
            return self._document.validate_json(text).info.version
        except ValidationError:
            return None


def _read(reader: TypeAdapter[Any], text: str | bytes, where: str) -> Any:
    try:
        return reader.validate_json(text)
    except ValidationError as error:
        findings = tuple(
            f"{'.'.join(str(part) for part in finding['loc']) or 'the whole'}: {finding['msg']}"
            for finding in error.errors(include_url=False)
        )
        shown = text if isinstance(text, str) else text.decode(errors="replace")
        raise ContractViolation(where, findings, shown) from None


def _model(title: str, form: Mapping[str, Any], names: Names) -> Any:
    """A model whose fields have neutral names here and the server's names in JSON."""
    fields: dict[str, Any] = {
        name: (form[name], Field(alias=spelled)) for name, spelled in names.items()
    }
    return create_model(title, __config__=_STRICT, **fields)


def _frame(terms: Terms, form: dict[str, Any]) -> Any:
    first = {**form, "sequence": Annotated[int, Field(ge=1)]}
    hello = _model("Hello", form | _kind(terms.words.hello), terms.fields.hello)
    event = _model("Event", first | _kind(terms.words.event), terms.fields.event)
    return Annotated[hello | event, Field(discriminator="kind")]


def _kind(word: str) -> dict[str, Any]:
    return {"kind": Literal[word]}


def _problem(terms: Terms, form: dict[str, Any]) -> type[ProblemBody]:
    names = terms.fields.problem
    order_id: Any = form["order_id"] | None
    order_status: Any = form["status"] | None
    slug = rf"^{re.escape(terms.rejections.prefix)}[a-z0-9-]+$"
    return create_model(
        "Problem",
        __base__=ProblemBody,
        type=(Annotated[str, Field(pattern=slug)], ...),
        order_id=(order_id, Field(default=None, alias=names["order_id"])),
        order_status=(order_status, Field(default=None, alias=names["status"])),
    )


def _order(body: BaseModel) -> Order:
    return Order(**dict(body))
