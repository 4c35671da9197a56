"""Cucumber Messages made of the records of a run and of the files as they are read.

Closing checks, and what went wrong around the steps, are hooks: steps of a test case that no line
of the file has. The pickles are those of the official compiler.
"""

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cucumber_messages import (
    Envelope,
    GherkinDocument,
    Location,
    Meta,
    ParseError,
    Pickle,
    Product,
    Source,
    SourceMediaType,
    SourceReference,
    StepDefinition,
    StepDefinitionPattern,
    StepDefinitionPatternType,
    TestRunFinished,
    TestRunStarted,
    message_converter,
)
from gherkin.ast_builder import AstBuilder
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from bdd.language.definitions import StepDefinition as Defined
from bdd.language.document import ENCODING
from bdd.language.vocabulary import Phrase
from bdd.reporting.cucumber.of_scenario import Hooks, Known, case_messages, timestamp
from bdd.reporting.evidence import ScenarioRecord
from bdd.reporting.results import Results


def run_messages(results: Results, root: Path, definitions: Sequence[Defined]) -> list[Envelope]:
    """All messages of a run, in the order in which Cucumber sends them."""
    ids = IdGenerator()
    hooks = Hooks(ids)
    records = sorted(results.records.values(), key=lambda record: record.started)
    known = {definition: ids.get_next_id() for definition in definitions}
    begun = TestRunStarted(timestamp(results.begun.timestamp()), id=ids.get_next_id())
    files = sorted({record.file for record in records})
    read = [message for file in files for message in _of_file(root, file, ids)]
    pickles = [each.pickle for each in read if each.pickle]
    happened = [
        message
        for record in records
        if (pickle := _pickle_of(record, pickles))
        for message in case_messages(record, Known(ids, hooks, known, pickle, str(begun.id)))
    ]
    return [
        Envelope(meta=_meta()),
        *read,
        *(Envelope(step_definition=_definition(each, id_)) for each, id_ in known.items()),
        *(Envelope(hook=hook) for hook in hooks.all()),
        Envelope(test_run_started=begun),
        # Cases come before what they did, as Cucumber plans a run before it begins.
        *sorted(happened, key=lambda message: message.test_case is None),
        Envelope(test_run_finished=_end(results, begun)),
    ]


def _of_file(root: Path, file: str, ids: IdGenerator) -> Iterator[Envelope]:
    text = (root / file).read_text(ENCODING, errors="replace")
    media_type = SourceMediaType.text_x_cucumber_gherkin_plain
    yield Envelope(source=Source(data=text, media_type=media_type, uri=file))
    try:
        tree = Parser(AstBuilder(ids)).parse(text)
    except CompositeParserException as failure:
        for error in failure.errors:
            place = Location(error.location["line"], error.location.get("column"))
            source = SourceReference(uri=file, location=place)
            yield Envelope(parse_error=ParseError(message=str(error), source=source))
        return
    document: Any = {**tree, "uri": file}
    yield Envelope(gherkin_document=message_converter.from_dict(document, GherkinDocument))
    for pickle in Compiler(ids).compile(document):
        yield Envelope(pickle=message_converter.from_dict(pickle, Pickle))


def _end(results: Results, begun: TestRunStarted) -> TestRunFinished:
    records, nothing_ran = results.records.values(), results.begun.timestamp()
    return TestRunFinished(
        success=all(record.status != "failed" for record in records),
        timestamp=timestamp(max((record.ended for record in records), default=nothing_ran)),
        test_run_started_id=begun.id,
    )


def _pickle_of(record: ScenarioRecord, pickles: Sequence[Pickle]) -> Pickle | None:
    """The pickle at the line of the record; a file that cannot be read has none."""
    at_line = (
        pickle
        for pickle in pickles
        if pickle.uri == record.file and pickle.location and pickle.location.line == record.line
    )
    return next(at_line, None)


def _definition(definition: Defined, id_: str) -> StepDefinition:
    parser = definition.parser
    source = parser.pattern if isinstance(parser, Phrase) else parser.name
    return StepDefinition(
        id=id_,
        pattern=StepDefinitionPattern(source, StepDefinitionPatternType.regular_expression),
        source_reference=SourceReference(uri=definition.file, location=Location(definition.line)),
    )


def _meta() -> Meta:
    return Meta(
        protocol_version=version("cucumber-messages"),
        implementation=Product("pytest-bdd", version("pytest-bdd")),
        runtime=Product(platform.python_implementation(), platform.python_version()),
        os=Product(platform.system(), platform.release()),
        cpu=Product(platform.machine() or os.name),
    )
