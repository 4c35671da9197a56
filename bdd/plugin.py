"""The pytest plugin: everything that `pytest_plugins = ["bdd.plugin"]` brings."""

pytest_plugins = (
    "bdd.language.tags",
    "bdd.running.collection",
    "bdd.running.lines",
    "bdd.running.alone",
    "bdd.running.workers",
    "bdd.running.commands",
    "bdd.running.preflight",
    "bdd.reporting.recording",
    "bdd.reporting.console",
    "bdd.reporting.html",
    "bdd.reporting.allure",
    "bdd.reporting.junit",
    "bdd.reporting.destination",
)
