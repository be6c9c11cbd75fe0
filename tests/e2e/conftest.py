"""Clients of the running system for the end-to-end tests."""

from collections.abc import Iterator

import pytest
import requests

from tests.e2e.client import Client
from tools.local.stack import Stack


@pytest.fixture(scope="session")
def client(system: Stack) -> Client:
    return Client(system)


@pytest.fixture
def slow_pokeapi(system: Stack) -> Iterator[None]:
    faults = system.pokeapi_url.removesuffix("/api/v2") + "/replica/faults"
    requests.post(faults, json={"latency_ms": 150}, timeout=5).raise_for_status()
    yield
    requests.post(faults, json={"latency_ms": 0}, timeout=5).raise_for_status()
