"""The real things that tests stand on: Azurite, the PokéAPI replica, and the app on the local host."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from tests.scripted_pokeapi import ScriptedPokeApi
from tools.local import emulators, hosts, stack
from tools.local.emulators import Storage
from tools.local.stack import Stack


@pytest.fixture
def live_output(capsys: pytest.CaptureFixture[str]) -> Callable[[], AbstractContextManager[None]]:
    """Show what a long test prints while it runs. One of several processes can only show it at a failure."""
    return nullcontext if "PYTEST_XDIST_WORKER" in os.environ else capsys.disabled


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    azurite = emulators.azurite(tmp_path_factory.mktemp("azurite") / "azurite.log")
    try:
        yield Storage(*azurite.start())
    finally:
        azurite.stop()


@pytest.fixture(scope="session")
def pokeapi_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A replica without faults; a test that wants faults starts one of its own."""
    replica = emulators.replica(tmp_path_factory.mktemp("replica") / "replica.log")
    try:
        yield replica.start()[0]
    finally:
        replica.stop()


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole system. It may keep nothing of what PokéAPI says, so that each test meets PokéAPI as that
    test makes it, and it takes its last look at a deleted report soon."""
    with stack.running(
        tmp_path_factory.mktemp("system"),
        replica_switches=("--max-age", "0"),
        settings=hosts.TEST_SETTINGS,
    ) as running:
        yield running


@pytest.fixture
def scripted() -> Iterator[ScriptedPokeApi]:
    """A PokéAPI that answers as the test says."""
    server = ScriptedPokeApi()
    yield server
    server.close()
