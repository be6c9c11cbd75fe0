"""The API with many reports stored: how long a list, a report and a new one take, alone and among many.

The records are written by the app's own adapter; a client asks again as soon as it is answered. Clients are
coroutines of this process; the app, its engine and the storage emulator share the machine with them.

    python -m tools.bench.api_load --reports 10000 --requests 500
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import aiohttp
from azure.data.tables import TableServiceClient

from adapters.report_table import ReportTable
from domain.columns import COLUMNS
from domain.report import ReportRequest, Result, new_report, published, started
from domain.report_ids import new_report_id
from tools.bench.measuring import percentile, replica, say, system, table
from tools.local.stack import Stack

OWNER = "anonymous"
CLIENTS = (1, 32)
PAGE = 20
MANY_PAGES = 99
WRITERS = 8
SETTINGS = {"MAX_OPEN_REPORTS": "100000"}

type Ask = Callable[[aiohttp.ClientSession], Awaitable[None]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=500, help="of each kind, by all clients together")
    asked = parser.parse_args()
    with replica() as pokeapi_url, system(pokeapi_url, SETTINGS) as running:
        # The app makes the table when it is first asked.
        asyncio.run(_ask_once(f"{running.api_url}/reports"))
        ids = store(running, asked.reports)
        say(f"### {len(ids):,} reports stored\n")
        rows = [
            (f"{name}, {clients} at once", *asyncio.run(load(ask, clients, asked.requests)))
            for clients in CLIENTS
            for name, ask in kinds(running.api_url, ids).items()
        ]
    table(["", "requests/s", "p50 ms", "p95 ms", "p99 ms"], rows)


def store(running: Stack, reports: int) -> list[str]:
    """Write reports that have succeeded, the newest now and each other a minute older; returns their ids."""
    service = TableServiceClient.from_connection_string(running.storage.connection_string)
    records = ReportTable(service.get_table_client("reports"))
    request = ReportRequest(None, None, include_forms=True, sample_size=150, seed=1, columns=tuple(COLUMNS))
    now = datetime.now(UTC)

    def write(number: int) -> str:
        at = now - timedelta(minutes=number)
        made = new_report(
            new_report_id(at, f"{number:016x}"), OWNER, request, at, retention=timedelta(days=365)
        )
        running_ = started(made, at)
        assert running_ is not None
        ended = published(running_, Result(150, 60_000, "0" * 64), (), at)
        assert ended is not None
        records.insert(ended)
        return made.id

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(reports)))


def kinds(api_url: str, ids: Sequence[str]) -> dict[str, Ask]:
    turn = count()
    seeds = count(1)
    last = MANY_PAGES * PAGE - 1

    async def first_page(session: aiohttp.ClientSession) -> None:
        await _get(session, f"{api_url}/reports?limit={PAGE}")

    async def hundredth_page(session: aiohttp.ClientSession) -> None:
        await _get(session, f"{api_url}/reports?limit={PAGE}&cursor={ids[min(last, len(ids) - 1)]}")

    async def one(session: aiohttp.ClientSession) -> None:
        await _get(session, f"{api_url}/reports/{ids[next(turn) * 37 % len(ids)]}")

    async def create(session: aiohttp.ClientSession) -> None:
        request = {"sample_size": 1, "seed": next(seeds), "columns": ["id", "name"]}
        async with session.post(f"{api_url}/reports", json=request) as response:
            response.raise_for_status()
            await response.read()

    return {"list, first page": first_page, "list, page 100": hundredth_page, "get": one, "create": create}


async def load(ask: Ask, clients: int, requests: int) -> tuple[float, float, float, float]:
    """Requests a second, and the median, 95th and 99th percentile in milliseconds."""
    times: list[float] = []
    left = iter(range(requests))

    async def client(session: aiohttp.ClientSession) -> None:
        for _ in left:
            began = time.perf_counter()
            await ask(session)
            times.append(1000 * (time.perf_counter() - began))

    connector = aiohttp.TCPConnector(limit=clients)
    async with aiohttp.ClientSession(connector=connector) as session:
        await ask(session)
        began = time.perf_counter()
        await asyncio.gather(*(client(session) for _ in range(clients)))
        took = time.perf_counter() - began
    return requests / took, percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99)


async def _get(session: aiohttp.ClientSession, url: str) -> None:
    async with session.get(url) as response:
        response.raise_for_status()
        await response.read()


async def _ask_once(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        await _get(session, url)


if __name__ == "__main__":
    main()
