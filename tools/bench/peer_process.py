"""A script that fetches the same documents as a report and writes the same CSV, without API, engine or
storage.

It parses the documents, draws the sample and encodes the rows with the app's own functions, so that only the
way of fetching differs. It prints ``{"seconds", "sha256", "peak_mb"}``: the time from the first request to
the complete CSV, and the process's peak memory.
"""

import argparse
import asyncio
import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
import requests
from requests.adapters import HTTPAdapter

from adapters import pokeapi_documents as documents
from domain.columns import COLUMNS, Facts, read_row
from domain.csv_format import cell, encode
from domain.pokedex import Pokemon, PokemonRef
from domain.selection import sample

ALL_POKEMON = "pokemon/?limit=100000"
type Get = Callable[[str], Any]
type GetAll = Callable[[Iterable[str]], list[Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["sequential", "threads", "asyncio"])
    parser.add_argument("base_url")
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started_at = time.perf_counter()
    csv = KINDS[options.kind](options.base_url, options.connections, options.sample, options.seed)
    result = {
        "seconds": time.perf_counter() - started_at,
        "sha256": hashlib.sha256(csv).hexdigest(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(result) + "\n")


def sequential(base_url: str, _: int, size: int | None, seed: int) -> bytes:
    session = _session(1)
    return _report(lambda paths: [_get(session, base_url, path) for path in paths], size, seed)


def threads(base_url: str, connections: int, size: int | None, seed: int) -> bytes:
    session = _session(connections)
    with ThreadPoolExecutor(connections) as pool:
        return _report(
            lambda paths: list(pool.map(lambda path: _get(session, base_url, path), paths)), size, seed
        )


def with_asyncio(base_url: str, connections: int, size: int | None, seed: int) -> bytes:
    with asyncio.Runner() as runner:
        session = runner.run(_client(connections))

        async def get(path: str) -> Any:
            async with session.get(f"{base_url}/{path}") as response:
                return json.loads(await response.read())

        async def get_all(paths: Iterable[str]) -> list[Any]:
            return await asyncio.gather(*(get(path) for path in paths))

        try:
            return _report(lambda paths: runner.run(get_all(paths)), size, seed)
        finally:
            runner.run(session.close())


KINDS = {"sequential": sequential, "threads": threads, "asyncio": with_asyncio}


def _report(get_all: GetAll, size: int | None, seed: int) -> bytes:
    """Fetch the list, each Pokémon, and each of their species and types once; returns the CSV."""
    [listed] = get_all([ALL_POKEMON])
    chosen = sample(
        [PokemonRef(number, name) for name, number in documents.names(listed).items()], size, seed
    )
    pokemon = [
        documents.pokemon(document) for document in get_all(f"pokemon/{reference.id}" for reference in chosen)
    ]
    species_ids = sorted({entry.species_id for entry in pokemon})
    type_ids = sorted({number for entry in pokemon for number in entry.type_ids})
    related = get_all([*(f"pokemon-species/{n}" for n in species_ids), *(f"type/{n}" for n in type_ids)])
    species = {entry.id: entry for entry in map(documents.species, related[: len(species_ids)])}
    types = {entry.id: entry for entry in map(documents.pokemon_type, related[len(species_ids) :])}

    def row(entry: Pokemon) -> Sequence[str]:
        facts = Facts(entry, species[entry.species_id], [types[number] for number in entry.type_ids])
        return [cell(value) for value in read_row(facts, tuple(COLUMNS))]

    return encode([tuple(COLUMNS)]) + encode(row(entry) for entry in pokemon)


def _session(connections: int) -> requests.Session:
    session = requests.Session()
    session.mount("http://", HTTPAdapter(pool_maxsize=connections))
    return session


def _get(session: requests.Session, base_url: str, path: str) -> Any:
    return session.get(f"{base_url}/{path}", timeout=60).json()


async def _client(connections: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections))


if __name__ == "__main__":
    main()
