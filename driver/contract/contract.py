"""The contract as one value, which is handed to everything that speaks with a server."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from driver.contract.answers import Answers
from driver.contract.frames import Frames
from driver.contract.models import Models
from driver.contract.requests import Requests
from driver.contract.terms import DisconnectionRule, Run, Terms
from driver.vocabulary import Capability, DisconnectReason

_WRITTEN = {
    Capability.UUIDS: {"order_id": "uuid"},
    Capability.QUOTED_QUANTITIES: {"sent_quantity": "either"},
}


@dataclass(frozen=True, slots=True)
class Contract:
    """How requests are spelled, how answers and frames are read, and what is promised at all.

    Readers are strict: any other form than the promised one raises ContractViolation.
    """

    name: str
    requests: Requests
    answers: Answers
    frames: Frames
    disconnections: Mapping[DisconnectReason, DisconnectionRule]
    not_offered: Mapping[Capability, str]
    """What the server does not promise, each with the reason why."""
    terms: Terms

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """The contract with these terms."""
        requests = Requests(terms)
        return cls(
            name=terms.name,
            requests=requests,
            answers=Answers(terms, Models(terms), requests),
            frames=Frames(terms),
            disconnections=terms.ends,
            not_offered=terms.not_offered,
            terms=terms,
        )

    def with_key(self, api_key: str) -> Self:
        """The contract of a client that gives this key with all it asks; empty for none."""
        return replace(self, requests=self.requests.with_key(api_key))

    @property
    def run(self) -> Run:
        """What the dialect says of the server that is to be tested."""
        return self.terms.run

    def promising(self, capability: Capability) -> "Contract":
        """The same contract, but that this is not missing, nor are values of the form it lacks."""
        missing = self.terms.missing.model_copy(update={capability.key: None})
        terms = self.terms.model_copy(update={"missing": missing})
        if capability in _WRITTEN:
            forms = terms.forms.model_copy(update=_WRITTEN[capability])
            terms = terms.model_copy(update={"forms": forms})
        if capability is Capability.ANY_SYMBOL:
            words = terms.words.model_copy(update={"symbols": {}})
            terms = terms.model_copy(update={"words": words})
        return Contract.of(terms).with_key(self.requests.api_key)

    def offers(self, capability: Capability) -> bool:
        """Whether the server promises this at all."""
        return capability not in self.not_offered
