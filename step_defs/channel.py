"""The way to the server that a run takes: the API, or the page that people use (`--channel`)."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import pytest

from bdd import attach
from driver import Capability, Connect, Contract, LoggedRequest, OrdersClient, Through, TradingPort
from driver.page import Browser, NoBrowser, PageChannel, PagePort, SharedBrowser
from step_defs.servers.tested import contract_of
from step_defs.world.promise import Promise

API, PAGE = "api", "page"
PORT = pytest.StashKey[int]()
CHANNEL = pytest.StashKey[PageChannel]()
WAY = pytest.StashKey[Through]()

_WAYS = {"given": Through.API, "when": Through.PAGE, "then": Through.BOTH}


class WordedStep(Protocol):
    """What pytest-bdd hands to its hooks: a step whose `type` is given, when or then."""

    type: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that says which way to take."""
    parser.getgroup("trading server").addoption(
        "--channel",
        choices=(API, PAGE),
        default=API,
        help="how When steps reach the server: by its API, or through its page in a browser (api)",
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts one browser for all scenarios of a run through the page.

    Where there is none, or no page, such a run does not begin.
    """
    config = session.config
    if not is_page(config):
        return
    if missing := contract_of(config).not_offered.get(Capability.PAGE):
        raise pytest.UsageError(f"The server has no page ({missing}): leave out --channel page")
    if config.option.collectonly or config.getoption("dry_run", False):
        return
    try:
        browser = SharedBrowser.start()
    except NoBrowser as lack:
        raise pytest.UsageError(str(lack)) from None
    config.stash[PORT] = browser.port
    config.add_cleanup(browser.close)


def is_page(config: pytest.Config) -> bool:
    """Whether the run goes through the page."""
    return bool(config.getoption("--channel") == PAGE)


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """This process's way to the browser of the run."""
    browser = Browser.join(pytestconfig.stash[PORT])
    yield browser
    browser.close()


@dataclass(frozen=True, slots=True)
class ApiChannel:
    """Every step by the API."""

    contract: Contract
    promise: Promise

    def connect(
        self, base_url: str, log: Callable[[LoggedRequest], None], api_key: str
    ) -> TradingPort:
        """A port to the server at `base_url`."""
        spelled = self.contract.with_key(api_key) if api_key else self.contract
        return OrdersClient(base_url, spelled, self.promise.answer_timeout, log)


@pytest.fixture
def connect(request: pytest.FixtureRequest, contract: Contract, promise: Promise) -> Connect:
    """Opens ports of the way that the scenario takes."""
    if not is_page(request.config):
        return ApiChannel(contract, promise).connect
    browser: Browser = request.getfixturevalue("browser")
    way = request.node.stash.get(WAY, Through.API)
    channel = PageChannel(browser, contract, promise.answer_timeout, way)
    request.node.stash[CHANNEL] = channel
    return channel.connect


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: WordedStep) -> None:
    """Given goes by the API for speed, When through the page, Then by both."""
    request.node.stash[WAY] = _WAYS[step.type]
    if channel := request.node.stash.get(CHANNEL, None):  # made when a step first needs it
        channel.through = _WAYS[step.type]


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_step_error(request: pytest.FixtureRequest) -> None:
    """Shows what the pages looked like when the step failed."""
    if channel := request.node.stash.get(CHANNEL, None):
        _attach_screenshots(channel.ports)


def _attach_screenshots(ports: list[PagePort]) -> None:
    pictures = [picture for port in ports for picture in port.screenshots()]
    for number, picture in enumerate(pictures, start=1):
        title = "The page" if len(pictures) == 1 else f"Page {number} of {len(pictures)}"
        attach(title, base64.b64encode(picture).decode(), "image/png")
