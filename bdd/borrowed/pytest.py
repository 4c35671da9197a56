"""Of pytest: how a failure looks that xdist can send, and the writer of the junit file.

`report.longrepr` may be any text, but then the short summary and junit have no line for it, and
xdist sends nothing but these classes. The junit file's public fixtures do not work under xdist.
"""

from bdd.borrowed.moved import explained

with explained("pytest", __name__, "failures in plain words and lines in the junit file"):
    from _pytest._code.code import (
        ReprEntryNative,
        ReprExceptionInfo,
        ReprFileLocation,
        ReprTraceback,
    )
    from _pytest.junitxml import LogXML, xml_key

__all__ = ["LogXML", "failure_text", "xml_key"]


def failure_text(text: str, *, file: str, line: int, headline: str) -> ReprExceptionInfo:
    """A failure told by the text alone; the headline is its line in summary and junit."""
    return ReprExceptionInfo(
        reprcrash=ReprFileLocation(file, line, headline),
        reprtraceback=ReprTraceback([ReprEntryNative([text + "\n"])], None, "native"),
    )
