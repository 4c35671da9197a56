"""Of allure-pytest: its recording of fixtures, which is left out.

It writes a file about each fixture of each scenario, and what a scenario's fixtures did is in no
report: what failed in one, the scenario's own result tells. Moved, the files would be back.
"""

import pytest

_HOOKS = ("pytest_fixture_setup", "pytest_fixture_post_finalizer")


def leave_out_fixtures(config: pytest.Config) -> None:
    """Lets allure-pytest record tests only; to be called when it has been set up."""
    plugins = config.pluginmanager
    listener = plugins.get_plugin("allure_listener")
    for name in _HOOKS:
        caller = getattr(config.hook, name)
        if any(each.plugin is listener for each in caller.get_hookimpls()):
            caller._remove_plugin(listener)  # pluggy has no public way
