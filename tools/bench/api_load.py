"""Latency and throughput of the API with many stored reports, with one client and with many.

The app's own adapter writes the records. Each client is a coroutine of this process and sends its next
request when it receives a response. The app, its engine and the storage emulator share the machine with the
clients.

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
from domain.owners import owner_of_visitor
from domain.report import ReportRequest, Result, new_report, published, started
from domain.report_ids import new_report_id
from tools.bench.harness import (
    VISITOR,
    VISITOR_TOKEN,
    percentile,
    print_line,
    print_table,
    running_replica,
    running_system,
)
from tools.local.hosts import UNLIMITED_SETTINGS
from tools.local.stack import Stack

OWNER = owner_of_visitor(VISITOR_TOKEN)
CLIENTS = (1, 32)
PAGE_SIZE = 20
PAGES_BEFORE_HUNDREDTH = 99
WRITERS = 8

type SendRequest = Callable[[aiohttp.ClientSession], Awaitable[None]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=500, help="of each kind, by all clients together")
    options = parser.parse_args()
    with running_replica() as pokeapi_url, running_system(pokeapi_url, UNLIMITED_SETTINGS) as running:
        # The app creates the table at the first request.
        asyncio.run(_send_once(f"{running.api_url}/reports"))
        ids = store(running, options.reports)
        print_line(f"### {len(ids):,} reports stored\n")
        rows = [
            (f"{name}, {clients} at once", *asyncio.run(load(send, clients, options.requests)))
            for clients in CLIENTS
            for name, send in requests_by_kind(running.api_url, ids).items()
        ]
    print_table(["", "requests/s", "p50 ms", "p95 ms", "p99 ms"], rows)


def store(running: Stack, reports: int) -> list[str]:
    """Write succeeded reports, created a minute apart until now; returns their ids, newest first."""
    service = TableServiceClient.from_connection_string(running.storage.connection_string)
    records = ReportTable(service.get_table_client("reports"))
    request = ReportRequest(None, None, include_forms=True, sample_size=150, seed=1, columns=tuple(COLUMNS))
    now = datetime.now(UTC)

    def write(number: int) -> str:
        at = now - timedelta(minutes=number)
        queued = new_report(
            new_report_id(at, f"{number:016x}"), OWNER, request, at, retention=timedelta(days=365)
        )
        begun = started(queued, at)
        assert begun is not None
        ended = published(begun, Result(150, 60_000, "0" * 64), (), at)
        assert ended is not None
        records.insert(ended)
        return queued.id

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(reports)))


def requests_by_kind(api_url: str, ids: Sequence[str]) -> dict[str, SendRequest]:
    turns = count()
    seeds = count(1)
    last = PAGES_BEFORE_HUNDREDTH * PAGE_SIZE - 1

    async def first_page(session: aiohttp.ClientSession) -> None:
        await _get(session, f"{api_url}/reports?limit={PAGE_SIZE}")

    async def hundredth_page(session: aiohttp.ClientSession) -> None:
        await _get(session, f"{api_url}/reports?limit={PAGE_SIZE}&cursor={ids[min(last, len(ids) - 1)]}")

    async def get_report(session: aiohttp.ClientSession) -> None:
        await _get(session, f"{api_url}/reports/{ids[next(turns) * 37 % len(ids)]}")

    async def create(session: aiohttp.ClientSession) -> None:
        request = {"sample_size": 1, "seed": next(seeds), "columns": ["id", "name"]}
        async with session.post(f"{api_url}/reports", json=request) as response:
            response.raise_for_status()
            await response.read()

    return {
        "list, first page": first_page,
        "list, page 100": hundredth_page,
        "get": get_report,
        "create": create,
    }


async def load(send: SendRequest, clients: int, requests: int) -> tuple[float, float, float, float]:
    """Return requests per second, and the 50th, 95th and 99th percentiles in milliseconds."""
    latencies: list[float] = []
    remaining = iter(range(requests))

    async def client(session: aiohttp.ClientSession) -> None:
        for _ in remaining:
            started_at = time.perf_counter()
            await send(session)
            latencies.append(1000 * (time.perf_counter() - started_at))

    connector = aiohttp.TCPConnector(limit=clients)
    async with aiohttp.ClientSession(headers=VISITOR, connector=connector) as session:
        await send(session)
        started_at = time.perf_counter()
        await asyncio.gather(*(client(session) for _ in range(clients)))
        seconds = time.perf_counter() - started_at
    return (
        requests / seconds,
        percentile(latencies, 0.5),
        percentile(latencies, 0.95),
        percentile(latencies, 0.99),
    )


async def _get(session: aiohttp.ClientSession, url: str) -> None:
    async with session.get(url) as response:
        response.raise_for_status()
        await response.read()


async def _send_once(url: str) -> None:
    async with aiohttp.ClientSession(
        headers=VISITOR,
    ) as session:
        await _get(session, url)


if __name__ == "__main__":
    main()
