"""The page at /docs that shows the OpenAPI document and lets one try it, without a network."""

import base64
import hashlib
import re

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

_SCRIPT, _STYLE = "swagger-ui-bundle.js", "swagger-ui.css"
_INLINE_SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)
_PARAMETERS = {"validatorUrl": None}  # whose badge would come from another host


def add_documents_page(app: FastAPI) -> None:
    """Adds /docs, and what it loads below: Swagger UI, as the package fastapi-swagger brings it."""
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=app.title,
        swagger_js_url=f"/docs/{_SCRIPT}",
        swagger_css_url=f"/docs/{_STYLE}",
        swagger_favicon_url="data:,",
        swagger_ui_parameters=_PARAMETERS,
    )
    html = bytes(page.body).decode()
    headers = {"Content-Security-Policy": _policy(html)}

    async def documents() -> Response:
        return HTMLResponse(html, headers=headers)

    app.add_api_route("/docs", documents, methods=["GET"], include_in_schema=False)
    _add_files(app, _SCRIPT, _STYLE)


def _add_files(app: FastAPI, *names: str) -> None:
    files = StaticFiles(packages=[("fastapi_swagger", "resources")])

    async def file(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return await files.get_response(name, request.scope)

    for name in names:
        app.add_api_route(f"/docs/{name}", file, methods=["GET"], include_in_schema=False)


def _policy(html: str) -> str:
    """Allows the server's own files, and the page's inline script by its hash (CSP 3, 2.3.1)."""
    digests = [hashlib.sha256(each.encode()).digest() for each in _INLINE_SCRIPT.findall(html)]
    inline = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' {inline}; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
