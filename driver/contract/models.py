"""The strict models of bodies and frames, made from the terms of one contract.

A missing, an extra or a mistyped field is an error. The models are the suite's own, so that a
server that drifts is noticed.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from driver.contract.forms import QUANTITY, SENTENCE, forms
from driver.contract.offered import offered
from driver.contract.shapes import STRICT, flat, shape
from driver.contract.terms import Terms
from driver.errors import ContractViolation
from driver.messages import Order, OrderPage
from driver.vocabulary import OrderStatus


class HealthBody(BaseModel):
    """The word of a health check that passes."""

    model_config = STRICT

    status: Literal["ok"]


class InvalidFieldBody(BaseModel):
    """One thing wrong with a request."""

    model_config = STRICT

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
    """Reads bodies; whatever has another form raises ContractViolation."""

    def __init__(self, terms: Terms) -> None:
        names, ignored = offered(terms, terms.order), terms.order.ignored
        listed = shape("Order", forms(terms), names, ignored)
        start = f"{terms.order.at}." if terms.order.at else ""
        alone = {name: start + path for name, path in names.items()}
        loose = [*terms.order.around, *(start + each for each in ignored)]
        self._order = TypeAdapter[Any](shape("Order", forms(terms), alone, loose))
        self._page = TypeAdapter[Any](_page(terms, listed))
        self._problem = TypeAdapter[ProblemBody](_problem(terms))
        self._health = TypeAdapter(HealthBody)
        self._document = TypeAdapter(DocumentBody)

    def order(self, text: str | bytes, where: str) -> Order:
        """An order from an answer's body."""
        return _order(read(self._order, text, where))

    def page(self, text: str | bytes, where: str) -> OrderPage:
        """A page of orders from an answer's body."""
        page = read(self._page, text, where)
        fields: dict[str, Any] = {"orders": page} if isinstance(page, list) else flat(page)
        return OrderPage(tuple(map(_order, fields["orders"])), fields.get("next_cursor"))

    def problem(self, text: str | bytes, where: str) -> ProblemBody:
        """A rejection from an answer's body."""
        problem: ProblemBody = read(self._problem, text, where)
        return problem

    def health(self, text: str | bytes, where: str) -> None:
        """Checks the body of the answer that says the health check passes."""
        read(self._health, text, where)

    def version(self, text: str | bytes) -> str | None:
        """The version in a published OpenAPI document, if it is one."""
        try:
            return self._document.validate_json(text).info.version
        except ValidationError:
            return None


def read(reader: TypeAdapter[Any], text: str | bytes, where: str) -> Any:
    """The text as the reader's model. Raises ContractViolation with everything that differs."""
    try:
        return reader.validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False)
        findings = tuple(
            f"{'.'.join(str(part) for part in each['loc']) or 'the whole'}: {each['msg']}"
            for each in found
        )
        shown = text if isinstance(text, str) else text.decode(errors="replace")
        only_quantities = all(each["type"] == QUANTITY for each in found)
        raise ContractViolation(where, findings, shown, only_quantities=only_quantities) from None


def _page(terms: Terms, order: Any) -> Any:
    if terms.page.form == "array":
        return list[order]
    form: Mapping[str, Any] = {"orders": list[order], "next_cursor": str | None}
    paths = {"orders": terms.page.orders, **offered(terms, terms.page)}
    return shape("Page", form, paths, terms.page.ignored)


def _problem(terms: Terms) -> type[ProblemBody]:
    form, names = forms(terms), terms.problem
    order_id: Any = form["order_id"] | None
    order_status: Any = form["status"] | None
    kind = rf"^{re.escape(terms.rejections.prefix)}[a-z0-9-]+$"
    return create_model(
        "Problem",
        __base__=ProblemBody,
        type=(Annotated[str, Field(pattern=kind)], ...),
        order_id=(order_id, Field(default=None, alias=names.order_id)),
        order_status=(order_status, Field(default=None, alias=names.status)),
    )


def _order(body: BaseModel) -> Order:
    now = datetime.now(UTC)
    unsaid = {"reference": None, "side": None, "created_at": now, "updated_at": now}
    return Order(**(unsaid | flat(body)))
