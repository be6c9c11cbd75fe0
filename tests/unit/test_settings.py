import os
from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters import settings
from adapters.settings import PokeApiSettings, SettingError, StorageSettings
from domain.budgets import Limits
from domain.messages import ExecutionOptions

PREFIXES = ("POKEAPI_", "ACTIVITY_", "SHARD", "ReportStorage")
NAMES = (
    "POKEMON_PER_ACTIVITY",
    "BATCH_THREADS",
    "MAX_OPEN_REPORTS",
    "REPORTS_AT_ONCE",
    "RETENTION_DAYS",
    "LAST_LOOK_AFTER_SECONDS",
    "RECONCILE_SCHEDULE",
    "WEBSITE_AUTH_ENABLED",
    "TRUST_CLIENT_PRINCIPAL",
)
READERS: dict[str, Callable[[], object]] = {
    "POKEAPI_CONNECTIONS": lambda: settings.pokeapi_settings().connections,
    "POKEAPI_RETRIES": lambda: settings.pokeapi_settings().retries,
    "POKEAPI_PAUSE_AFTER_FAILURES": lambda: settings.pokeapi_settings().pause_after_failures,
    "POKEAPI_CONNECT_TIMEOUT_SECONDS": lambda: settings.pokeapi_settings().connect_timeout_seconds,
    "POKEAPI_READ_TIMEOUT_SECONDS": lambda: settings.pokeapi_settings().read_timeout_seconds,
    "POKEAPI_BACKOFF_SECONDS": lambda: settings.pokeapi_settings().backoff_seconds,
    "POKEAPI_PAUSE_SECONDS": lambda: settings.pokeapi_settings().pause_seconds,
    "SHARD_SIZE": lambda: settings.execution_options().shard_size,
    "SHARDS_IN_FLIGHT": lambda: settings.execution_options().shards_in_flight,
    "POKEMON_PER_ACTIVITY": lambda: settings.execution_options().pokemon_per_activity,
    "ACTIVITY_ATTEMPTS": lambda: settings.execution_options().attempts,
    "ACTIVITY_FIRST_RETRY_SECONDS": lambda: settings.execution_options().first_retry_seconds,
    "BATCH_THREADS": settings.batch_threads,
    "MAX_OPEN_REPORTS": lambda: settings.limits().open,
    "MAX_OPEN_VISITOR_REPORTS": lambda: settings.limits().open_of_visitors,
    "MAX_REPORTS_PER_HOUR": lambda: settings.limits().per_hour,
    "MAX_KEPT_REPORTS": lambda: settings.limits().kept,
    "REPORTS_AT_ONCE": settings.reports_at_once,
    "RETENTION_DAYS": lambda: settings.retention().days,
    "LAST_LOOK_AFTER_SECONDS": lambda: settings.last_look_after().total_seconds(),
}
"""What the app reads for each numeric setting."""
INTEGERS = [
    ("POKEAPI_CONNECTIONS", 1, 256),
    ("POKEAPI_RETRIES", 0, 10),
    ("POKEAPI_PAUSE_AFTER_FAILURES", 1, 10_000),
    ("SHARD_SIZE", 1, 1000),
    ("SHARDS_IN_FLIGHT", 1, 1000),
    ("POKEMON_PER_ACTIVITY", 1, 1000),
    ("ACTIVITY_ATTEMPTS", 1, 20),
    ("BATCH_THREADS", 1, 64),
    ("MAX_OPEN_REPORTS", 1, 100_000),
    ("MAX_OPEN_VISITOR_REPORTS", 1, 100_000),
    ("MAX_REPORTS_PER_HOUR", 1, 100_000),
    ("MAX_KEPT_REPORTS", 1, 100_000),
    ("REPORTS_AT_ONCE", 1, 40),
    ("RETENTION_DAYS", 1, 3650),
]
SECONDS = [
    ("POKEAPI_CONNECT_TIMEOUT_SECONDS", "0.1", "0.09"),
    ("POKEAPI_READ_TIMEOUT_SECONDS", "0.1", "0"),
    ("POKEAPI_BACKOFF_SECONDS", "0", "-0.1"),
    ("POKEAPI_PAUSE_SECONDS", "0.1", "0.09"),
    ("ACTIVITY_FIRST_RETRY_SECONDS", "0", "-1"),
    ("LAST_LOOK_AFTER_SECONDS", "0", "-1"),
]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIXES) or name in NAMES:
            monkeypatch.delenv(name)


def test_every_setting_but_the_storage_has_a_default() -> None:
    assert settings.pokeapi_settings() == PokeApiSettings(
        base_url="https://pokeapi.co/api/v2",
        connections=32,
        connect_timeout_seconds=5,
        read_timeout_seconds=15,
        retries=3,
        backoff_seconds=0.5,
        pause_after_failures=20,
        pause_seconds=30,
    )
    assert settings.execution_options() == ExecutionOptions(
        shard_size=50,
        shards_in_flight=2,
        pokemon_per_activity=1,
        attempts=4,
        first_retry_seconds=5,
        most_shards=100,
        calls_at_once=25,
    )
    assert settings.batch_threads() == 8
    assert settings.limits() == Limits(open=20, open_of_visitors=200, per_hour=60, kept=500)
    assert settings.reports_at_once() == 3
    assert settings.retention() == timedelta(days=30)
    assert settings.last_look_after() == timedelta(minutes=2)
    assert settings.reconcile_schedule() == "0 * * * * *"
    assert settings.client_principal_is_trusted() is False


def test_the_settings_that_are_no_numbers_are_read_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKEAPI_BASE_URL", "http://127.0.0.1:8091/api/v2/")
    monkeypatch.setenv("RECONCILE_SCHEDULE", "0 */5 * * * *")

    assert settings.pokeapi_settings().base_url == "http://127.0.0.1:8091/api/v2"
    assert settings.reconcile_schedule() == "0 */5 * * * *"


def test_an_empty_setting_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_SIZE", "")
    monkeypatch.setenv("POKEAPI_BASE_URL", "")

    assert settings.execution_options().shard_size == 50
    assert settings.pokeapi_settings().base_url == "https://pokeapi.co/api/v2"


@pytest.mark.parametrize(("name", "least", "most"), INTEGERS)
def test_a_whole_number_can_have_any_value_within_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: int, most: int
) -> None:
    for value in (least, least + 1, most):
        monkeypatch.setenv(name, str(value))
        assert READERS[name]() == value


@pytest.mark.parametrize(("name", "least", "most"), INTEGERS)
def test_an_invalid_whole_number_raises_an_error_with_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: int, most: int
) -> None:
    for value in (str(least - 1), str(most + 1), "many", "2.5"):
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingError) as caught:
            READERS[name]()
        expected = f"{name} must be a whole number from {least} to {most}; got {value!r}."
        assert str(caught.value) == expected


@pytest.mark.parametrize(("name", "least", "too_small"), SECONDS)
def test_a_time_can_have_any_value_within_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: str, too_small: str
) -> None:
    for value in (least, "2.5", "3600"):
        monkeypatch.setenv(name, value)
        assert READERS[name]() == float(value)


@pytest.mark.parametrize(("name", "least", "too_small"), SECONDS)
def test_an_invalid_time_raises_an_error_with_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: str, too_small: str
) -> None:
    for value in (too_small, "3600.1", "soon", "nan", "inf", "-inf"):
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingError) as caught:
            READERS[name]()
        assert str(caught.value) == f"{name} must be a number from {least} to 3600; got {value!r}."


@pytest.mark.parametrize(
    "url",
    [
        "pokeapi.co/api/v2",
        "ftp://pokeapi.co/api/v2",
        "https://",
        "https:///api/v2",
        "https://pokeapi.co/api/v2?limit=1",
        "https://pokeapi.co/api/v2#top",
        "https://[::1/api/v2",
        "https://pokeapi.co:99999/api/v2",
        "https://pokeapi.co/api/v2?",
    ],
)
def test_an_invalid_base_url_raises_an_error(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("POKEAPI_BASE_URL", url)

    with pytest.raises(SettingError) as caught:
        settings.pokeapi_settings()

    assert str(caught.value) == (
        f"POKEAPI_BASE_URL must be an http or https URL such as https://pokeapi.co/api/v2; got {url!r}."
    )


def test_a_connection_string_is_sufficient_for_the_storage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ReportStorage", "UseDevelopmentStorage=true")

    assert settings.storage_settings() == StorageSettings(connection_string="UseDevelopmentStorage=true")


def test_an_identity_needs_both_endpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ReportStorage__blobServiceUri", "https://a.blob.core.windows.net")
    monkeypatch.setenv("ReportStorage__tableServiceUri", "https://a.table.core.windows.net")

    assert settings.storage_settings() == StorageSettings(
        blob_service_uri="https://a.blob.core.windows.net",
        table_service_uri="https://a.table.core.windows.net",
    )


def test_a_managed_identity_can_have_a_client_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ReportStorage__blobServiceUri", "https://a.blob.core.windows.net")
    monkeypatch.setenv("ReportStorage__tableServiceUri", "https://a.table.core.windows.net")
    monkeypatch.setenv("ReportStorage__credential", "ManagedIdentity")
    monkeypatch.setenv("ReportStorage__clientId", "00000000-0000-0000-0000-000000000001")

    storage = settings.storage_settings()

    assert storage.managed_identity is True
    assert storage.client_id == "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize("names", [(), ("blobServiceUri",), ("tableServiceUri",)])
def test_a_missing_storage_raises_one_error_that_names_the_settings(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    for name in names:
        monkeypatch.setenv(f"ReportStorage__{name}", "https://a.core.windows.net")

    with pytest.raises(SettingError) as caught:
        settings.storage_settings()

    assert str(caught.value) == (
        "ReportStorage is not set. Set it to a storage connection string, or set both "
        "ReportStorage__blobServiceUri and ReportStorage__tableServiceUri to use an identity."
    )


@pytest.mark.parametrize(
    ("value", "trusted"), [("true", True), ("True", True), ("false", False), ("1", False), ("", False)]
)
@pytest.mark.parametrize("name", ["WEBSITE_AUTH_ENABLED", "TRUST_CLIENT_PRINCIPAL"])
def test_the_principal_is_trusted_only_if_a_setting_is_true(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, trusted: bool
) -> None:
    monkeypatch.setenv(name, value)

    assert settings.client_principal_is_trusted() is trusted
