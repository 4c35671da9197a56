"""The pytest plugin: everything that `pytest_plugins = ["bdd.plugin"]` brings."""

pytest_plugins = (
    "bdd.tags",
    "bdd.collection",
    "bdd.lines",
    "bdd.alone",
    "bdd.workers",
    "bdd.commands",
    "bdd.announcing",
    "bdd.recording",
    "bdd.reports.console",
    "bdd.reports.html",
    "bdd.reports.allure",
    "bdd.reports.junit",
    "bdd.reports.destination",
)
