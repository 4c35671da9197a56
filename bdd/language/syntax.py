"""Files that Gherkin cannot read at all, told so that the author can mend them."""

import re
from collections.abc import Iterator, Sequence

from gherkin.errors import (
    NoSuchLanguageException,
    ParserException,
    UnexpectedEOFException,
    UnexpectedTokenException,
)

from bdd.language.keywords import Keywords, dialect_that_begins_with
from bdd.language.problems import Problem


def not_utf8(error: UnicodeDecodeError) -> Problem:
    """The problem of a file that was saved in another encoding."""
    line = error.object.count(b"\n", 0, error.start) + 1
    read = repr(error.object[error.start : error.start + 10])[2:-1]
    return Problem(line, "the file is not UTF-8", read, "save the file with the encoding UTF-8")


def foreign_step(line: int, read: str, meant: str, keywords: Keywords) -> Problem:
    """The problem of an English step in a file that says that it is in another language."""
    what = f"the file says `# language: {keywords.language}`, and this step begins in English"
    do = f"write `{meant}`; or remove the line `# language: {keywords.language}`"
    return Problem(line, what, read, do, meant)


def empty_file() -> Problem:
    """The problem of a file without a feature."""
    do = "write a feature, or remove the file"
    return Problem(1, "there is no feature in this file", "", do)


def syntax_problems(
    lines: Sequence[str], keywords: Keywords, errors: Sequence[ParserException]
) -> Iterator[Problem]:
    """The parser's errors in plain words; without a Feature line, that is the only one."""
    for error in errors:
        line = error.location["line"]
        read = lines[line - 1].strip() if line <= len(lines) else "the end of the file"
        if isinstance(error, UnexpectedTokenException) and "#FeatureLine" in str(error):
            yield _not_a_feature(line, read, keywords)
            return
        yield _problem(error, line, read, keywords)


def _not_a_feature(line: int, read: str, keywords: Keywords) -> Problem:
    language = dialect_that_begins_with(read)
    if language and keywords.language != "en":
        what = f"the file says `# language: {keywords.language}`, and its keywords are others"
        do = f"remove the line `# language: {keywords.language}`, or write `{keywords.feature[0]}:`"
        return Problem(line, what, read, do)
    if language:
        do = f"write `# language: {language}` as the first line of the file"
        return Problem(line, "the keywords are of another language", read, do)
    first = keywords.feature[0]
    meant = keywords.block_meant(read)
    do = f"begin the file with `{first}:` and its name"
    if meant.partition(":")[0] not in keywords.feature:
        meant = ""
    return Problem(line, f"the file does not begin with `{first}:`", read, do, meant)


def _problem(error: ParserException, line: int, read: str, keywords: Keywords) -> Problem:
    if isinstance(error, UnexpectedTokenException):
        return _misplaced(line, read, keywords)
    if isinstance(error, UnexpectedEOFException):
        do = 'close the text with a line of `"""`, or finish what the last line begins'
        return Problem(line, "the file ends in the middle of something", read, do)
    if isinstance(error, NoSuchLanguageException):
        do = "write a language code such as `# language: de`, or remove the line"
        return Problem(line, "there is no such language", read, do)
    if "inconsistent cell count" in str(error):
        do = "give each row as many cells as the first has; write `\\|` for a bar inside a cell"
        return Problem(line, "the rows of the table have different numbers of cells", read, do)
    return Problem(line, str(error).partition(": ")[2], read, "correct the line")


def _misplaced(line: int, read: str, keywords: Keywords) -> Problem:
    heading, colon, _ = read.partition(":")
    if colon and heading in keywords.blocks:
        what = "this keyword cannot stand here"
        do = "one feature for each file, one Background at its beginning, Examples below steps"
        return Problem(line, what, read, do)
    if meant := keywords.translated(read):
        return foreign_step(line, read, meant, keywords)
    if meant := keywords.block_meant(read) or keywords.step_meant(read):
        tabbed = re.match(r"(\w+)\t", read)
        what = f"there is a tab after `{tabbed[1]}`" if tabbed else "the line has no keyword"
        return Problem(line, what, read, f"write `{meant}`", meant)
    do = (
        f"begin a step with {', '.join(keywords.steps[:-1])} or {keywords.steps[-1]}; a "
        "description stands directly below a heading such as "
        f"`{keywords.feature[0]}:`; a table or text stands directly below its step"
    )
    return Problem(line, "the line cannot stand here", read, do)
