"""Change the fault switches of a running PokéAPI replica, and read its statistics."""

from typing import Any

import requests

TIMEOUT_SECONDS = 30


def set_faults(pokeapi_url: str, **switches: Any) -> None:
    """Change switches, such as ``error_rate=0.2``; the others stay as they are."""
    requests.post(_url(pokeapi_url, "faults"), json=switches, timeout=TIMEOUT_SECONDS).raise_for_status()


def stats(pokeapi_url: str) -> dict[str, Any]:
    """Return the request counts as ``{"requests", "open", "max_concurrent", "resources"}``."""
    response = requests.get(_url(pokeapi_url, "stats"), timeout=TIMEOUT_SECONDS)
    response.raise_for_status()
    counts: dict[str, Any] = response.json()
    return counts


def _url(pokeapi_url: str, name: str) -> str:
    return f"{pokeapi_url.removesuffix('/api/v2')}/replica/{name}"
