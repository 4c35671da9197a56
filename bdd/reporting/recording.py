"""Records every scenario while it runs; the record travels on pytest's reports.

`report.scenario` is the record as plain data, complete on the report of the teardown. Of a phase
that passed before it is None: putting a record into words takes time, and it is not told yet.
"""

from collections.abc import Generator
from itertools import chain

import pytest

from bdd import hookspecs
from bdd.borrowed.xdist import is_worker
from bdd.reporting.attaching import collector
from bdd.reporting.planned_record import blank_of_item
from bdd.reporting.recorder import ERRORS, Recorder
from bdd.reporting.results import RESULTS, Results

RECORDER = pytest.StashKey[Recorder]()


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Makes the hooks of `bdd.hookspecs` known."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Gathers the records where the reports are written: not in xdist's workers."""
    if not is_worker(config):
        config.stash[RESULTS] = Results(config)
        config.pluginmanager.register(config.stash[RESULTS])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Opens the record of the scenario, anew each time it is tried."""
    if (blank := blank_of_item(item)) is not None:
        item.stash[RECORDER] = Recorder(blank, item.config.rootpath)
        item.stash[RECORDER].leave_step()
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest) -> None:
    """Remembers the request, by which end-of-scenario checks find their fixtures."""
    if recorder := _recorder(request):
        recorder.request = request


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest) -> None:
    """A step begins."""
    if recorder := _recorder(request):
        recorder.begin_step()


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """A step held; its evidence may still come in."""
    if recorder := _recorder(request):
        recorder.pass_step()


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: BaseException) -> None:
    """A step broke; its evidence may still come in."""
    if recorder := _recorder(request):
        recorder.fail_step(exception)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """The last step is over."""
    if recorder := _recorder(request):
        recorder.leave_step()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Runs the end-of-scenario checks after the steps; raises the first failure of all."""
    recorder = pyfuncitem.stash.get(RECORDER, None)
    try:
        result = yield
    except ERRORS:
        _run_end_of_scenario_checks(recorder)
        raise
    if found := _run_end_of_scenario_checks(recorder):
        raise found[0]
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Sends the record along with the report."""
    report = yield
    recorder = item.stash.get(RECORDER, None)
    if recorder is not None:
        recorder.note(report, call.excinfo.value if call.excinfo else None)
        told = call.when == "teardown" or not report.passed
        vars(report)["scenario"] = recorder.record().to_dict() if told else None
        if call.when == "teardown":
            collector.set(None)
    return report


def _recorder(request: pytest.FixtureRequest) -> Recorder | None:
    """That of the scenario; one that a Python file binds by itself is an ordinary test."""
    recorder: Recorder | None = request.node.stash.get(RECORDER, None)
    return recorder


def _run_end_of_scenario_checks(recorder: Recorder | None) -> list[BaseException]:
    if recorder is None or recorder.request is None:
        return []
    hook = recorder.request.config.hook
    checks = chain.from_iterable(hook.pytest_bdd_end_of_scenario_checks(request=recorder.request))
    raised = [recorder.check(name, check) for name, check in checks]
    recorder.leave_step()
    return [error for error in raised if error is not None]
