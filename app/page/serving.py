"""Serves the page's files from memory, under a strict Content-Security-Policy."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

PageFiles = Mapping[str, bytes]
"""The files by their names."""

_FILES = Path(__file__).with_name("files")
_INDEX = "index.html"
# Named here, because a machine's own table of types may call a module plain text.
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# No script, style or connection but the server's own, none in the markup, and no markup from text.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",  # a browser asks whether its copy is the present one
}


def page_files() -> PageFiles:
    """The files of the page as they are on disk."""
    return {path.name: path.read_bytes() for path in sorted(_FILES.iterdir())}


def add_page_routes(app: FastAPI, files: PageFiles) -> None:
    """Adds the page at `/`, and what it loads under `/page/`."""
    etags = {name: f'"{hashlib.sha256(content).hexdigest()}"' for name, content in files.items()}

    def serve(name: str, request: Request) -> Response:
        headers = _HEADERS | {"ETag": etags[name]}
        if request.headers.get("if-none-match") == etags[name]:
            return Response(status_code=304, headers=headers)
        return Response(files[name], headers=headers, media_type=_MEDIA_TYPES[Path(name).suffix])

    def add(path: str, name: str) -> None:
        async def file(request: Request) -> Response:
            return serve(name, request)

        app.add_api_route(path, file, methods=["GET"], include_in_schema=False)

    add("/", _INDEX)
    for name in files:
        add(f"/page/{name}", name)
