"""The pytest plugin: everything that `pytest_plugins = ["bdd.plugin"]` brings.

allure-pytest and pytest-html are optional: without them their reports are absent, nothing else.
"""

from importlib.util import find_spec

ALLURE = ("bdd.reporting.allure",) if find_spec("allure_pytest") else ()

pytest_plugins = (
    "bdd.language.tags",
    "bdd.running.collection",
    "bdd.running.lines",
    "bdd.running.alone",
    "bdd.running.workers",
    "bdd.running.side_by_side",
    "bdd.running.commands",
    "bdd.running.asked",
    "bdd.running.preflight",
    "bdd.reporting.recording",
    "bdd.reporting.console",
    "bdd.reporting.html",
    *ALLURE,
    "bdd.reporting.junit",
    "bdd.reporting.verdict",
    "bdd.reporting.destination",
)
