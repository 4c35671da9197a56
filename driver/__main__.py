"""Helps to write dialects: `python -m driver check FILE`, `python -m driver schema`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from driver.dialects import DialectWrong, read_contract, schema


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


def write_schema(options: argparse.Namespace) -> int:
    """Writes the JSON Schema of dialect files, by which editors complete and check them."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    options.file.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m driver", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("check", help="says what is wrong with a dialect file")
    command.add_argument("file", type=Path)
    command.set_defaults(run=check)
    command = commands.add_parser("schema", help="writes the JSON Schema of dialect files")
    command.add_argument("file", type=Path, nargs="?", default=Path("dialects/schema.json"))
    command.set_defaults(run=write_schema)
    return parser


if __name__ == "__main__":
    sys.exit(main())
