"""How a scenario ends that needs what is not offered, before it begins or in one of its steps."""

from typing import NoReturn

import pytest

from bdd.reporting.evidence import NOT_OFFERED


def not_offered(what: str, *, by: str = "") -> NoReturn:
    """Ends the scenario: neither passed nor failed, and counted apart from those skipped.

    `what` is needed and not offered, `by` whom if that is not the tested system as a whole.
    """
    pytest.skip(f"{NOT_OFFERED} by {by}: {what}" if by else f"{NOT_OFFERED}: {what}")
