"""Scenarios about what the tested system does not offer: told apart from those that are skipped.

`@needs_paging` says that a scenario needs something that not every system has. What can be needed
is declared as `bdd_needs` in pytest.ini; the project answers `pytest_bdd_not_offered`. What only a
step can tell, it tells by `bdd.not_offered`.
"""

import pytest

from bdd.language.tags import NEEDS, needs
from bdd.reporting.capabilities.lacking import not_offered
from bdd.reporting.planned_record import blank_of_item


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Ends the scenario with the reason, before anything is prepared for it."""
    blank = blank_of_item(item)
    for tag in blank.tags if blank else ():
        needed = tag.removeprefix(NEEDS)
        if needed != tag and (reason := reason_against(item.config, needed)) is not None:
            not_offered(f"{needs(item.config)[needed]} ({reason})")


def reason_against(config: pytest.Config, needed: str) -> str | None:
    """Why the tested system does not have it; None if it does."""
    reason: str | None = config.hook.pytest_bdd_not_offered(config=config, needed=needed)
    return reason
