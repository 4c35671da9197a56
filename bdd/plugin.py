"""The pytest plugin: everything that `pytest_plugins = ["bdd.plugin"]` brings.

allure-pytest, cucumber-messages and pytest-html are optional: without them their reports are
absent, nothing else.
"""

from importlib.util import find_spec

MESSAGES = ("bdd.reporting.cucumber.messages",) if find_spec("cucumber_messages") else ()
ALLURE = ("bdd.reporting.allure",) if find_spec("allure_pytest") else ()

pytest_plugins = (
    "bdd.language.tags",
    "bdd.language.outcomes",
    "bdd.running.collection",
    "bdd.running.lines",
    "bdd.running.tag_expressions",
    "bdd.reporting.capabilities.offered",
    "bdd.running.alone",
    "bdd.running.workers",
    "bdd.running.side_by_side",
    "bdd.running.commands",
    "bdd.running.asked",
    "bdd.running.preflight",
    "bdd.reporting.recording",
    "bdd.reporting.console",
    "bdd.reporting.history",
    "bdd.reporting.html",
    *ALLURE,
    *MESSAGES,
    "bdd.reporting.github",
    "bdd.reporting.junit",
    "bdd.reporting.verdict",
    "bdd.reporting.capabilities.report",
    "bdd.reporting.destination",
)
