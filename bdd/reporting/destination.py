"""Where the reports go when nothing else is said: a run of features alone leaves them all."""

from argparse import Namespace

import pytest

from bdd.running.arguments import only_features


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the folder to pytest.ini."""
    help_ = "folder for the reports of a run of feature files alone (default: no reports)"
    parser.addini("bdd_reports", help_, default="")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Fills in what the command line left open, before the reports are set up."""
    folder: str = config.getini("bdd_reports")
    if not folder or config.option.collectonly or not only_features(config):
        return
    reports = config.rootpath / folder
    option = config.option
    option.xmlpath = option.xmlpath or str(reports / "junit.xml")
    option.verdict = option.verdict or str(reports / "verdict.json")
    option.history = option.history or str(reports / "history.jsonl")
    if config.getini("bdd_needs"):
        option.conformance = option.conformance or str(reports / "conformance.html")
    if _unset(option, "htmlpath"):
        option.htmlpath = str(reports / "report.html")
        option.self_contained_html = True
    if _unset(option, "cucumber_messages"):
        option.cucumber_messages = str(reports / "cucumber-messages.ndjson")
    if _unset(option, "allure_report_dir"):
        option.allure_report_dir = str(reports / "allure-results")
        option.clean_alluredir = True


def _unset(option: Namespace, name: str) -> bool:
    """Whether the option was left open; without the plugin that has it there is none to fill in."""
    return hasattr(option, name) and not getattr(option, name)
