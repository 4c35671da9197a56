"""Many orders, a few at a time: what fills a server up, with nothing measured."""

import asyncio
from collections.abc import Iterator

import aiohttp

from driver import Contract, Draft, ServerUnreachable
from perf.checks import read_answer
from perf.exchange import exchange
from perf.placing import client_session, different_drafts


def place_steadily(
    base_url: str, contract: Contract, orders: int, connections: int, *, patience: float
) -> tuple[str, ...]:
    """Places so many orders, on each of the connections one after the other.

    Returns what was wrong with answers. Raises ServerUnreachable if one takes more than `patience`
    seconds, or if a connection breaks.
    """
    drafts = iter(different_drafts(contract, orders))
    try:
        return asyncio.run(_place(base_url.rstrip("/"), contract, drafts, connections, patience))
    except (aiohttp.ClientError, OSError) as error:
        raise ServerUnreachable(base_url, error) from None


async def _place(
    base_url: str, contract: Contract, drafts: Iterator[Draft], connections: int, patience: float
) -> tuple[str, ...]:
    findings: list[str] = []

    async def place_one_after_the_other() -> None:
        for draft in drafts:
            request = contract.requests.place(draft)
            async with asyncio.timeout(patience):
                answer = await exchange(session, base_url, request, request.body)
            findings.extend(read_answer(contract, draft, answer)[1])

    async with client_session() as session:
        await asyncio.gather(*(place_one_after_the_other() for _ in range(connections)))
    return tuple(findings)
