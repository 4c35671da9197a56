"""Of pytest: how a failure looks that xdist can send, and the writer of the junit file.

`report.longrepr` may be any text, but then the short summary and junit have no line for it, and
xdist sends nothing but these classes. The junit file's public fixtures do not work under xdist.
Copies of a process need what they print, and their temporary folder, set right; and what -m and
-k mean is published for collected tests only.
"""

from pathlib import Path

import pytest

from bdd.borrowed.moved import explained

with explained("pytest", __name__, "failures in plain words and lines in the junit file"):
    from _pytest._code.code import (
        ReprEntryNative,
        ReprExceptionInfo,
        ReprFileLocation,
        ReprTraceback,
    )
    from _pytest.junitxml import LogXML, xml_key
with explained("pytest", __name__, "counting what -m and -k select before anything is collected"):
    from _pytest.mark.expression import Expression
with explained("pytest", __name__, "scenarios in copies of a process"):
    from _pytest.capture import CaptureManager
    from _pytest.tmpdir import TempPathFactory

__all__ = [
    "Expression",
    "LogXML",
    "capture_anew",
    "failure_text",
    "shared_temporary_folder",
    "xml_key",
]


def capture_anew(config: pytest.Config) -> None:
    """Gives a copy of the process files of its own for what is printed in it."""
    capture = config.pluginmanager.getplugin("capturemanager")
    if isinstance(capture, CaptureManager):
        capture.stop_global_capturing()
        capture.start_global_capturing()
        capture.suspend_global_capture()


def shared_temporary_folder(config: pytest.Config) -> Path:
    """The folder of `tmp_path`, made now: else each copy of the process would make one."""
    factory = getattr(config, "_tmp_path_factory", None)
    if not isinstance(factory, TempPathFactory):
        raise TypeError("pytest keeps its temporary folder elsewhere now: adapt " + __name__)
    return factory.getbasetemp()


def failure_text(text: str, *, file: str, line: int, headline: str) -> ReprExceptionInfo:
    """A failure told by the text alone; the headline is its line in summary and junit."""
    return ReprExceptionInfo(
        reprcrash=ReprFileLocation(file, line, headline),
        reprtraceback=ReprTraceback([ReprEntryNative([text + "\n"])], None, "native"),
    )
