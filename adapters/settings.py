"""Everything the app reads from its environment, checked, with a default for all but the storage.

Settings are read inside functions and never at import, so that a missing one fails the call that
needs it, with its name, and not the whole app.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from domain.messages import ExecutionOptions

STORAGE = "ReportStorage"
MOST_SHARDS = 100
"""A report's own orchestrator is replayed for each of them."""
CALLS_AT_ONCE = 25
"""Of each shard: few, so that reports take turns, and together, so that few replays see their ends."""


class SettingError(Exception):
    """A setting is missing or cannot be used; the message names it and says what would be right."""


@dataclass(frozen=True)
class PokeApiSettings:
    """``connections`` bounds the open connections to PokéAPI from one instance of the app.

    After ``pause_after_failures`` in a row that instance asks nothing for ``pause_seconds``.
    """

    base_url: str
    connections: int
    connect_timeout_seconds: float
    read_timeout_seconds: float
    retries: int
    backoff_seconds: float
    pause_after_failures: int = 20
    pause_seconds: float = 30


@dataclass(frozen=True)
class StorageSettings:
    """Either a connection string, or the two endpoints to reach with an identity."""

    connection_string: str | None = None
    blob_service_uri: str | None = None
    table_service_uri: str | None = None
    managed_identity: bool = False
    client_id: str | None = None


def pokeapi_settings() -> PokeApiSettings:
    return PokeApiSettings(
        base_url=_url("POKEAPI_BASE_URL", "https://pokeapi.co/api/v2"),
        connections=_integer("POKEAPI_CONNECTIONS", 32, least=1, most=256),
        connect_timeout_seconds=_seconds("POKEAPI_CONNECT_TIMEOUT_SECONDS", 5, least=0.1),
        read_timeout_seconds=_seconds("POKEAPI_READ_TIMEOUT_SECONDS", 15, least=0.1),
        retries=_integer("POKEAPI_RETRIES", 3, least=0, most=10),
        backoff_seconds=_seconds("POKEAPI_BACKOFF_SECONDS", 0.5, least=0),
        pause_after_failures=_integer("POKEAPI_PAUSE_AFTER_FAILURES", 20, least=1, most=10_000),
        pause_seconds=_seconds("POKEAPI_PAUSE_SECONDS", 30, least=0.1),
    )


def storage_settings() -> StorageSettings:
    """The storage that holds the reports, by the Functions host's conventions for a connection."""
    if connection_string := os.environ.get(STORAGE):
        return StorageSettings(connection_string=connection_string)
    blob_uri = os.environ.get(f"{STORAGE}__blobServiceUri")
    table_uri = os.environ.get(f"{STORAGE}__tableServiceUri")
    if not blob_uri or not table_uri:
        raise SettingError(
            f"{STORAGE} is not set: give it a storage connection string, or set both "
            f"{STORAGE}__blobServiceUri and {STORAGE}__tableServiceUri to use an identity."
        )
    return StorageSettings(
        blob_service_uri=blob_uri,
        table_service_uri=table_uri,
        managed_identity=os.environ.get(f"{STORAGE}__credential", "").lower() == "managedidentity",
        client_id=os.environ.get(f"{STORAGE}__clientId"),
    )


def execution_options() -> ExecutionOptions:
    default = ExecutionOptions()
    return ExecutionOptions(
        shard_size=_integer("SHARD_SIZE", default.shard_size, least=1, most=1000),
        shards_in_flight=_integer("SHARDS_IN_FLIGHT", default.shards_in_flight, least=1, most=1000),
        pokemon_per_activity=_integer(
            "POKEMON_PER_ACTIVITY", default.pokemon_per_activity, least=1, most=1000
        ),
        attempts=_integer("ACTIVITY_ATTEMPTS", default.attempts, least=1, most=20),
        first_retry_seconds=_seconds("ACTIVITY_FIRST_RETRY_SECONDS", default.first_retry_seconds, least=0),
        most_shards=MOST_SHARDS,
        calls_at_once=CALLS_AT_ONCE,
    )


def batch_threads() -> int:
    """Threads that fetch one activity's documents together."""
    return _integer("BATCH_THREADS", 8, least=1, most=64)


def max_open_reports() -> int:
    """How many reports one owner may have queued or running at once."""
    return _integer("MAX_OPEN_REPORTS", 20, least=1, most=100_000)


def retention() -> timedelta:
    return timedelta(days=_integer("RETENTION_DAYS", 30, least=1, most=3650))


def last_look_after() -> timedelta:
    """How long after a report was canceled or deleted its instances are looked for, at least."""
    return timedelta(seconds=_seconds("LAST_LOOK_AFTER_SECONDS", 120, least=0))


def reconcile_schedule() -> str:
    """When open reports are looked at, as NCRONTAB. Azure wakes an instance for each run."""
    return os.environ.get("RECONCILE_SCHEDULE") or "0 * * * * *"


def client_principal_is_trusted() -> bool:
    """Whether ``x-ms-client-principal`` was put there by the platform and not by the caller.

    App Service sets WEBSITE_AUTH_ENABLED where its authentication is on, and then removes any
    such header that a caller sent.
    """
    return any(
        os.environ.get(name, "").lower() == "true"
        for name in ("WEBSITE_AUTH_ENABLED", "TRUST_CLIENT_PRINCIPAL")
    )


def _url(name: str, default: str) -> str:
    value = os.environ.get(name) or default
    if not _is_base_url(value):
        raise SettingError(f"{name} is {value!r}: it must be an http or https URL such as {default}.")
    return value.rstrip("/")


def _is_base_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises where it is no port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not {"?", "#"} & set(value)


def _integer(name: str, default: int, *, least: int, most: int) -> int:
    return _checked(name, int, default, lambda value: least <= value <= most, f"from {least} to {most}")


def _seconds(name: str, default: float, *, least: float) -> float:
    most = 3600
    return _checked(name, float, default, lambda value: least <= value <= most, f"from {least} to {most}")


def _checked[T: (int, float)](
    name: str, parse: Callable[[str], T], default: T, allowed: Callable[[T], bool], range_: str
) -> T:
    text = os.environ.get(name)
    if not text:
        return default
    try:
        value = parse(text)
    except ValueError:
        value = None
    if value is None or not allowed(value):
        kind = "a whole number" if parse is int else "a number"
        raise SettingError(f"{name} is {text!r}: it must be {kind} {range_}.")
    return value
