"""Which fields a server has at all: those that belong to nothing that is missing."""

from driver.contract.fields import (
    DraftFields,
    EventFields,
    FilterFields,
    HelloFields,
    OrderFields,
    PageFields,
)
from driver.contract.terms import Terms
from driver.vocabulary import Capability

_NEEDED = {
    "reference": Capability.REFERENCES,
    "side": Capability.SIDE,
    "created_at": Capability.TIMES,
    "updated_at": Capability.TIMES,
    "occurred_at": Capability.TIMES,
    "sequence": Capability.NUMBERING,
    "stream_id": Capability.STREAMS,
    "previous_status": Capability.PREVIOUS_STATUS,
    "next_cursor": Capability.PAGING,
    "limit": Capability.PAGING,
    "cursor": Capability.PAGING,
}
_NO_FIELDS = {"at", "around", "many", "kind", "form", "orders", "ignored", "fixed"}
Fields = DraftFields | FilterFields | OrderFields | PageFields | HelloFields | EventFields


def offered(terms: Terms, fields: Fields) -> dict[str, str]:
    """The neutral names of the fields that this server has, and where they are found."""
    missing = terms.not_offered
    filtered = isinstance(fields, FilterFields) and Capability.FILTERS in missing
    return {
        name: path
        for name, path in fields
        if name not in _NO_FIELDS and path
        if _NEEDED.get(name) not in missing
        if not (filtered and name in ("status", "symbol", "reference"))
    }
