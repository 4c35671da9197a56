"""One request and its answer, in an event loop."""

import aiohttp

from driver.contract import HttpAnswer, HttpRequest


async def exchange(
    session: aiohttp.ClientSession,
    base_url: str,
    request: HttpRequest,
    body: aiohttp.Payload | bytes | None,
) -> HttpAnswer:
    """Sends the request with this body, and reads the answer; redirects are answers, too.

    Raises aiohttp.ClientError and OSError if the connection breaks.
    """
    async with session.request(
        request.method,
        base_url + request.path,
        data=body,
        headers=request.headers,
        allow_redirects=False,
    ) as response:
        read = await response.read()
    return HttpAnswer("The answer", response.status, response.headers, read)
