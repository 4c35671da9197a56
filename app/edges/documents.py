"""The page at /docs that shows the OpenAPI document and lets one try it."""

import base64
import hashlib
import re

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse, Response

_SWAGGER = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/"
_INLINE_SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)


def add_documents_page(app: FastAPI) -> None:
    """Adds /docs, whose scripts are Swagger UI's and the one that starts it, and no others."""
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=app.title,
        swagger_js_url=f"{_SWAGGER}swagger-ui-bundle.js",
        swagger_css_url=f"{_SWAGGER}swagger-ui.css",
        swagger_favicon_url="data:,",
    )
    html = bytes(page.body).decode()
    headers = {"Content-Security-Policy": _policy(html)}

    async def documents() -> Response:
        return HTMLResponse(html, headers=headers)

    app.add_api_route("/docs", documents, methods=["GET"], include_in_schema=False)


def _policy(html: str) -> str:
    """Allows the page's own inline script by its hash (CSP 3, 2.3.1)."""
    digests = [hashlib.sha256(each.encode()).digest() for each in _INLINE_SCRIPT.findall(html)]
    inline = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {_SWAGGER} {inline}; "
        f"style-src {_SWAGGER} 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
