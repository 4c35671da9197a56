"""Helps to write dialects: `python -m driver probe URL`, `check FILE` and `schema`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from driver.credentials import api_key
from driver.dialects import DialectWrong, read_contract, schema
from driver.errors import DriverError
from driver.probing import Caller, Example, Hints, ProbeFailed, probe


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line says and returns the exit code."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def check(options: argparse.Namespace) -> int:
    """Says what is wrong with a dialect, or what its server does not offer."""
    try:
        contract = read_contract(options.file)
    except DialectWrong as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print(f"{options.file}: the dialect {contract.name} can be used.")
    for capability, reason in contract.not_offered.items():
        print(f"  not offered: {capability.value} ({reason})")
    return 0


def look_at(options: argparse.Namespace) -> int:
    """Writes what a running server's dialect seems to be."""
    try:
        if options.file.exists():
            raise ProbeFailed(f"{options.file} is there already: name another file, or remove it.")
        order = _order(options.order) if options.order else None
        hints = Hints(order, options.orders, options.events, options.cancel)
        caller = Caller(options.url, _headers(options.header), api_key())
        text = probe(caller, hints, options.file.stem)
    except DriverError as error:
        print(error, file=sys.stderr)
        return 1
    options.file.write_text(text, encoding="utf-8", newline="\n")
    print(f"{options.file}: a first dialect of the server at {options.url}. Look through it, then:")
    print(f"  python -m driver check {options.file}")
    print(f"  pytest features/ --dialect {options.file} --base-url {options.url}")
    return 0


def _order(file: Path) -> Example:
    """The order in a JSON file. Raises ProbeFailed."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not JSON"
        raise ProbeFailed(f"{file}: the order cannot be read: {why}.") from None
    if not isinstance(document, dict):
        raise ProbeFailed(f"{file}: an order is a JSON object.")
    return Example.of(document)


def _headers(given: Sequence[str]) -> dict[str, str]:
    """The headers that were given. Raises ProbeFailed."""
    headers = {}
    for each in given:
        name, colon, value = each.partition(":")
        if not colon:
            raise ProbeFailed(f"--header {each!r}: write it as 'Name: value'.")
        headers[name.strip()] = value.strip()
    return headers


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text!r}: write it as http://host:port")
    return text


def write_schema(options: argparse.Namespace) -> int:
    """Writes the JSON Schema of dialect files, by which editors complete and check them."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    options.file.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m driver", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("probe", help="writes a first dialect of a running server")
    command.add_argument("url", metavar="URL", type=_url)
    command.add_argument("file", type=Path, nargs="?", default=Path("my-server.toml"))
    command.add_argument(
        "--order",
        type=Path,
        metavar="FILE",
        help="an order (JSON) that is right; REFERENCE in it stands for a reference of your own",
    )
    command.add_argument("--orders", metavar="PATH", help="where orders are, such as /v1/orders")
    command.add_argument("--events", metavar="PATH", help="where events are, such as /ws/orders")
    command.add_argument(
        "--cancel", metavar="REQUEST", help="such as 'POST /orders/{order_id}/cancel'"
    )
    command.add_argument(
        "--header", action="append", default=[], help="sent with all requests: 'Name: value'"
    )
    command.set_defaults(run=look_at)
    command = commands.add_parser("check", help="says what is wrong with a dialect file")
    command.add_argument("file", type=Path)
    command.set_defaults(run=check)
    command = commands.add_parser("schema", help="writes the JSON Schema of dialect files")
    command.add_argument("file", type=Path, nargs="?", default=Path("dialects/schema.json"))
    command.set_defaults(run=write_schema)
    return parser


if __name__ == "__main__":
    sys.exit(main())
