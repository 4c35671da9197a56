"""Starts the trading server: `python -m app --host 127.0.0.1 --port 8000`."""

import argparse

from app.main import app
from app.serving import serve

_LARGEST_PORT = 65535


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {_LARGEST_PORT}")
    return int(text)


def main() -> None:
    """Serves the app where the command line says."""
    parser = argparse.ArgumentParser(prog="python -m app", description="The trading server.")
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s, loopback only")
    parser.add_argument(
        "--port", default=8000, type=_port, help="default: %(default)s; 0 takes a free one"
    )
    options = parser.parse_args()
    serve(app, options.host, options.port)


if __name__ == "__main__":
    main()
