"""How answers are read; any other form than the promised one raises ContractViolation."""

from collections.abc import Callable
from typing import TypeVar

from driver.contract.fields import Endpoint
from driver.contract.http import JSON, HttpAnswer
from driver.contract.models import Models
from driver.contract.rejections import PlainReader, ProblemReader, other_type
from driver.contract.requests import Requests
from driver.contract.terms import Terms
from driver.credentials import API_KEY
from driver.errors import ApiKeyNeeded
from driver.messages import Order, OrderPage, Rejection
from driver.vocabulary import Action, Capability, Document, OrderStatus, Reason

_FIRST_REJECTION = 400  # RFC 9110, 15: the codes of errors begin here

T = TypeVar("T")


class Answers:
    """Reads answers by the terms of one contract: what was asked for, or the rejection."""

    def __init__(self, terms: Terms, models: Models, requests: Requests) -> None:
        self._endpoints = terms.endpoints
        self._models = models
        self._requests = requests
        self._keyless = terms.reasons[Reason.UNAUTHORIZED].code
        self._locates = Capability.LOCATION not in terms.not_offered
        plain = Capability.PROBLEM_DETAILS in terms.not_offered
        self._rejections = PlainReader(terms) if plain else ProblemReader(terms, models, requests)

    def placed(self, answer: HttpAnswer) -> Order | Rejection:
        """The order that was placed."""
        return self._read(answer, Action.PLACE, self._endpoints.place, self._placed)

    def viewed(self, answer: HttpAnswer) -> Order | Rejection:
        """The order that was asked for."""
        return self._read(answer, Action.VIEW, self._endpoints.view, self._order)

    def listed(self, answer: HttpAnswer) -> OrderPage | Rejection:
        """The page of orders that was asked for."""
        return self._read(
            answer,
            Action.LIST,
            self._endpoints.list,
            lambda it: self._models.page(it.body, it.where),
        )

    def cancelled(self, answer: HttpAnswer, order_id: str) -> Rejection | None:
        """None if the order was cancelled. A rejection names no other order."""
        cancel = self._endpoints.cancel
        reader = {"nothing": _require_empty, "order": self._cancelled, "anything": _ignore}
        media_type = JSON if cancel.shows == "order" else None
        outcome = self._read(answer, Action.CANCEL, cancel, reader[cancel.shows], media_type)
        if outcome and outcome.order_id not in (None, order_id):
            raise answer.violates(f"the answer speaks of order {outcome.order_id}")
        return outcome if isinstance(outcome, Rejection) else None

    def healthy(self, answer: HttpAnswer) -> Rejection | None:
        """None if the health check passes."""
        return self._read(
            answer,
            Action.OTHER,
            self._endpoints.health,
            lambda it: self._models.health(it.body, it.where),
        )

    def attempted(self, answer: HttpAnswer) -> Rejection | None:
        """None if the server let somebody in, whatever it answered; else the rejection."""
        if answer.code < _FIRST_REJECTION:
            return None
        return self._rejections.read(answer, Action.OTHER)

    def unsupported(self, answer: HttpAnswer) -> Rejection:
        """The rejection of what no server offers."""
        if answer.code < _FIRST_REJECTION:
            raise answer.violates(f"status: {answer.code} where a rejection is promised")
        return self._rejections.read(answer, Action.OTHER)

    def explained(self, answer: HttpAnswer) -> str:
        """The explanation of a reason, for people."""
        if answer.code != self._endpoints.view.code or not answer.text.strip():
            raise answer.violates(f"status {answer.code}")
        return answer.text

    def published(self, answer: HttpAnswer, what: Document) -> Rejection | None:
        """None if the answer is a description of the server, which has a title and a version."""
        return self._read(
            answer, Action.OTHER, self._endpoints.published(what), self._require_version
        )

    def version(self, answer: HttpAnswer) -> str | None:
        """The version that the published document tells, if it is one. Raises ApiKeyNeeded."""
        if answer.code == self._keyless:
            raise ApiKeyNeeded(answer.where, API_KEY)
        return self._models.version(answer.body)

    def _read(
        self,
        answer: HttpAnswer,
        action: Action,
        endpoint: Endpoint,
        reader: Callable[[HttpAnswer], T],
        media_type: str | None = JSON,
    ) -> T | Rejection:
        if answer.code >= _FIRST_REJECTION:
            return self._rejections.read(answer, action)
        if answer.code != endpoint.code:
            raise answer.violates(f"status: {answer.code} where {endpoint.code} is promised")
        if media_type and answer.media_type != media_type:
            raise other_type(answer, media_type)
        return reader(answer)

    def _require_version(self, answer: HttpAnswer) -> None:
        if self._models.version(answer.body) is None:
            raise answer.violates("info.version: must tell the version of what is described")

    def _order(self, answer: HttpAnswer) -> Order:
        return self._models.order(answer.body, answer.where)

    def _placed(self, answer: HttpAnswer) -> Order:
        order = self._order(answer)
        promised = self._requests.location(order.order_id)
        if self._locates and answer.location != promised:
            raise answer.violates(f"Location: {answer.location} instead of {promised}")
        return order

    def _cancelled(self, answer: HttpAnswer) -> Order:
        order = self._order(answer)
        if order.status is not OrderStatus.CANCELLED:
            raise answer.violates(f"the answer shows the order as {order.status}")
        return order


def _require_empty(answer: HttpAnswer) -> None:
    if answer.body:
        raise answer.violates("body: must be empty")


def _ignore(answer: HttpAnswer) -> None:
    del answer
