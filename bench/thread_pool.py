"""The classic script: the documents of every Pokémon through one pool of threads, and no more.

It is what a report is compared with: no HTTP API, no engine, no storage, no CSV.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from requests.adapters import HTTPAdapter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base_url")
    parser.add_argument("--connections", type=int, default=32)
    asked = parser.parse_args()
    began = time.monotonic()
    documents = fetch_all(asked.base_url, asked.connections)
    sys.stdout.write(f"{documents} documents in {time.monotonic() - began:.2f} s\n")


def fetch_all(base_url: str, connections: int) -> int:
    """Every Pokémon and, once each, the species and types they refer to; returns how many documents."""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(pool_maxsize=connections))

    def get(url: str) -> Any:
        return session.get(url, timeout=60).json()

    listed = get(f"{base_url}/pokemon/?limit=100000")["results"]
    with ThreadPoolExecutor(connections) as pool:
        pokemon = list(pool.map(get, (entry["url"] for entry in listed)))
        related = set(_related(pokemon))
        list(pool.map(get, related))
    return len(pokemon) + len(related)


def _related(pokemon: Iterable[Any]) -> Iterable[str]:
    for document in pokemon:
        yield document["species"]["url"]
        yield from (entry["type"]["url"] for entry in document["types"])


if __name__ == "__main__":
    main()
