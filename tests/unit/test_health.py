from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters import dependencies
from adapters.orchestrations import Orchestrations
from adapters.settings import SettingError
from domain.errors import EngineUnavailableError, PokeApiUnavailableError, StorageUnavailableError
from triggers import health


def fail(error: Exception) -> Callable[..., Any]:
    def call(*_: Any) -> Any:
        raise error

    return call


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    health.find_unavailable.cache_clear()
    yield
    health.find_unavailable.cache_clear()


def test_the_reasons_contain_no_messages_of_libraries_and_no_settings(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "https://user:password@10.0.0.4"
    monkeypatch.setattr(dependencies, "report_blobs", fail(StorageUnavailableError(secret)))
    monkeypatch.setattr(dependencies, "report_table", fail(SettingError("ReportStorage", secret)))
    monkeypatch.setattr(Orchestrations, "check", fail(EngineUnavailableError(secret)))
    unavailable = PokeApiUnavailableError("PokéAPI answered 503 for type/?limit=1.")
    monkeypatch.setattr(dependencies, "pokeapi_for_requests", fail(unavailable))

    assert health.find_unavailable(None) == {
        "blob_storage": "No response.",
        "table_storage": "An internal error occurred. It has been logged.",
        "durable_engine": "No response.",
        "pokeapi": "PokéAPI answered 503 for type/?limit=1.",
    }
    assert "table_storage" in caplog.text


def test_a_verdict_is_repeated_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    checks: list[object] = []

    def run(of: object) -> dict[str, str | None]:
        checks.append(of)
        return {"pokeapi": None}

    monkeypatch.setattr(health, "_run", run)
    for _ in range(3):
        assert health.find_unavailable(object()) == {"pokeapi": None}
    assert len(checks) == 1
