"""Fixtures that several test modules use."""

from collections.abc import Iterator

import pytest

from tools.devhost.tests.engine_driver import EngineDriver
from tools.devhost.tests.host import APPS, Host, host_for


@pytest.fixture
def driver() -> EngineDriver:
    return EngineDriver()


@pytest.fixture(scope="module")
def native() -> Iterator[Host]:
    """A host that runs apps/durable_native."""
    with host_for(APPS / "durable_native") as running:
        yield running


@pytest.fixture(scope="module")
def system_key(native: Host) -> str:
    """The key of the Durable HTTP API."""
    link = native.request("POST", "/api/start/chain", json=1).json()["statusQueryGetUri"]
    return str(link).rpartition("code=")[2]
