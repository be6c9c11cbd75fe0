import os
from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters import settings
from adapters.settings import PokeApiSettings, SettingError, StorageSettings
from domain.messages import ExecutionOptions

PREFIXES = ("POKEAPI_", "ACTIVITY_", "SHARD", "ReportStorage")
NAMES = (
    "POKEMON_PER_ACTIVITY",
    "BATCH_THREADS",
    "RETENTION_DAYS",
    "WEBSITE_AUTH_ENABLED",
    "TRUST_CLIENT_PRINCIPAL",
)
READERS: dict[str, Callable[[], object]] = {
    "POKEAPI": settings.pokeapi_settings,
    "SHARD": settings.execution_options,
    "SHARDS": settings.execution_options,
    "POKEMON": settings.execution_options,
    "ACTIVITY": settings.execution_options,
    "BATCH": settings.batch_threads,
    "RETENTION": settings.retention,
}
INTEGERS = [
    ("POKEAPI_CONNECTIONS", 1, 256),
    ("POKEAPI_RETRIES", 0, 10),
    ("SHARD_SIZE", 1, 1000),
    ("SHARDS_IN_FLIGHT", 1, 1000),
    ("POKEMON_PER_ACTIVITY", 1, 1000),
    ("ACTIVITY_ATTEMPTS", 1, 20),
    ("BATCH_THREADS", 1, 64),
    ("RETENTION_DAYS", 1, 3650),
]
SECONDS = [
    ("POKEAPI_CONNECT_TIMEOUT_SECONDS", "0.1", "0.09"),
    ("POKEAPI_READ_TIMEOUT_SECONDS", "0.1", "0"),
    ("POKEAPI_BACKOFF_SECONDS", "0", "-0.1"),
    ("ACTIVITY_FIRST_RETRY_SECONDS", "0", "-1"),
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIXES) or name in NAMES:
            monkeypatch.delenv(name)


def read(name: str) -> object:
    return READERS[name.partition("_")[0]]()


def test_everything_but_the_storage_has_a_default() -> None:
    assert settings.pokeapi_settings() == PokeApiSettings(
        base_url="https://pokeapi.co/api/v2",
        connections=32,
        connect_timeout_seconds=5,
        read_timeout_seconds=15,
        retries=3,
        backoff_seconds=0.5,
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
    assert settings.retention() == timedelta(days=30)
    assert settings.client_principal_is_trusted() is False


def test_each_setting_of_the_client_is_read_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKEAPI_BASE_URL", "http://127.0.0.1:8091/api/v2/")
    monkeypatch.setenv("POKEAPI_CONNECTIONS", "64")
    monkeypatch.setenv("POKEAPI_CONNECT_TIMEOUT_SECONDS", "1.5")
    monkeypatch.setenv("POKEAPI_READ_TIMEOUT_SECONDS", "20")
    monkeypatch.setenv("POKEAPI_RETRIES", "0")
    monkeypatch.setenv("POKEAPI_BACKOFF_SECONDS", "0.25")

    assert settings.pokeapi_settings() == PokeApiSettings(
        base_url="http://127.0.0.1:8091/api/v2",
        connections=64,
        connect_timeout_seconds=1.5,
        read_timeout_seconds=20,
        retries=0,
        backoff_seconds=0.25,
    )


def test_each_setting_of_the_pace_is_read_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_SIZE", "10")
    monkeypatch.setenv("SHARDS_IN_FLIGHT", "3")
    monkeypatch.setenv("POKEMON_PER_ACTIVITY", "5")
    monkeypatch.setenv("ACTIVITY_ATTEMPTS", "3")
    monkeypatch.setenv("ACTIVITY_FIRST_RETRY_SECONDS", "0.5")

    assert settings.execution_options() == ExecutionOptions(
        shard_size=10,
        shards_in_flight=3,
        pokemon_per_activity=5,
        attempts=3,
        first_retry_seconds=0.5,
        most_shards=100,
        calls_at_once=25,
    )


def test_threads_and_retention_are_read_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_THREADS", "16")
    monkeypatch.setenv("RETENTION_DAYS", "7")

    assert settings.batch_threads() == 16
    assert settings.retention() == timedelta(days=7)


def test_an_empty_setting_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_SIZE", "")
    monkeypatch.setenv("POKEAPI_BASE_URL", "")

    assert settings.execution_options().shard_size == 50
    assert settings.pokeapi_settings().base_url == "https://pokeapi.co/api/v2"


@pytest.mark.parametrize(("name", "least", "most"), INTEGERS)
def test_a_whole_number_may_be_as_small_and_as_large_as_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: int, most: int
) -> None:
    for value in (least, most):
        monkeypatch.setenv(name, str(value))
        read(name)


@pytest.mark.parametrize(("name", "least", "most"), INTEGERS)
def test_a_whole_number_that_is_none_or_out_of_bounds_is_named_with_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: int, most: int
) -> None:
    for value in (str(least - 1), str(most + 1), "many", "2.5"):
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingError) as caught:
            read(name)
        expected = f"{name} is {value!r}: it must be a whole number from {least} to {most}."
        assert str(caught.value) == expected


@pytest.mark.parametrize(("name", "least", "too_small"), SECONDS)
def test_a_time_may_be_as_short_and_as_long_as_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: str, too_small: str
) -> None:
    for value in (least, "3600"):
        monkeypatch.setenv(name, value)
        read(name)


@pytest.mark.parametrize(("name", "least", "too_small"), SECONDS)
def test_a_time_that_is_none_or_out_of_bounds_is_named_with_its_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, least: str, too_small: str
) -> None:
    for value in (too_small, "3600.1", "soon", "nan", "inf", "-inf"):
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingError) as caught:
            read(name)
        assert str(caught.value) == f"{name} is {value!r}: it must be a number from {least} to 3600."


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
def test_a_base_url_that_cannot_be_one_is_named(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("POKEAPI_BASE_URL", url)

    with pytest.raises(SettingError) as caught:
        settings.pokeapi_settings()

    assert str(caught.value) == (
        f"POKEAPI_BASE_URL is {url!r}: it must be an http or https URL such as https://pokeapi.co/api/v2."
    )


def test_a_connection_string_is_all_the_storage_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ReportStorage", "UseDevelopmentStorage=true")

    assert settings.storage_settings() == StorageSettings(connection_string="UseDevelopmentStorage=true")


def test_an_identity_needs_the_two_endpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ReportStorage__blobServiceUri", "https://a.blob.core.windows.net")
    monkeypatch.setenv("ReportStorage__tableServiceUri", "https://a.table.core.windows.net")

    assert settings.storage_settings() == StorageSettings(
        blob_service_uri="https://a.blob.core.windows.net",
        table_service_uri="https://a.table.core.windows.net",
    )


def test_a_managed_identity_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ReportStorage__blobServiceUri", "https://a.blob.core.windows.net")
    monkeypatch.setenv("ReportStorage__tableServiceUri", "https://a.table.core.windows.net")
    monkeypatch.setenv("ReportStorage__credential", "ManagedIdentity")
    monkeypatch.setenv("ReportStorage__clientId", "00000000-0000-0000-0000-000000000001")

    storage = settings.storage_settings()

    assert storage.managed_identity is True
    assert storage.client_id == "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize("names", [(), ("blobServiceUri",), ("tableServiceUri",)])
def test_a_storage_that_is_not_set_is_one_error_that_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    for name in names:
        monkeypatch.setenv(f"ReportStorage__{name}", "https://a.core.windows.net")

    with pytest.raises(SettingError) as caught:
        settings.storage_settings()

    assert str(caught.value) == (
        "ReportStorage is not set: give it a storage connection string, or set both "
        "ReportStorage__blobServiceUri and ReportStorage__tableServiceUri to use an identity."
    )


@pytest.mark.parametrize(
    ("value", "trusted"), [("true", True), ("True", True), ("false", False), ("1", False), ("", False)]
)
@pytest.mark.parametrize("name", ["WEBSITE_AUTH_ENABLED", "TRUST_CLIENT_PRINCIPAL"])
def test_the_principal_is_trusted_only_where_a_setting_says_true(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, trusted: bool
) -> None:
    monkeypatch.setenv(name, value)

    assert settings.client_principal_is_trusted() is trusted
