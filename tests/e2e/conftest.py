"""Clients of the running system for the end-to-end tests."""

from collections.abc import Iterator

import pytest

from tests.e2e.client import Client
from tools.local.replica_control import set_faults
from tools.local.stack import Stack


@pytest.fixture(scope="session")
def client(system: Stack) -> Client:
    return Client(system)


@pytest.fixture
def slow_pokeapi(system: Stack) -> Iterator[None]:
    set_faults(system.pokeapi_url, latency_ms=150)
    yield
    set_faults(system.pokeapi_url, latency_ms=0)
