"""The settings that the app reads from its environment. All but the storage have a default.

They are read inside functions and never at import, so a missing or invalid setting fails only the calls that
need it. Every reader raises SettingError, which names the setting.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from domain.budgets import Limits
from domain.messages import ExecutionOptions

STORAGE = "ReportStorage"


class SettingError(Exception):
    """A setting is missing or invalid. The message names it, says what is valid, and contains its value.

    ``setting`` is the name alone, for those who must not see the value.
    """

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(message)
        self.setting = setting


@dataclass(frozen=True)
class PokeApiSettings:
    """How one instance of the app sends requests to PokéAPI."""

    base_url: str
    """An http or https URL without a query; default https://pokeapi.co/api/v2."""
    connections: int
    """The most connections that are open at once; 1 to 256, default 32."""
    connect_timeout_seconds: float
    """0.1 to 3600 s, default 5 s."""
    read_timeout_seconds: float
    """The longest wait for the next bytes of a response; 0.1 to 3600 s, default 15 s."""
    retries: int
    """Retries per URL after the first attempt; 0 to 10, default 3."""
    backoff_seconds: float
    """The delay before a retry, doubled with each further one, plus a random delay of up to the same length;
    0 to 3600 s, default 0.5 s."""
    pause_after_failures: int
    """Documents in a row that fail before the circuit breaker opens; 1 to 10,000, default 20."""
    pause_seconds: float
    """How long an open circuit breaker sends no requests; 0.1 to 3600 s, default 30 s."""

    @property
    def deadline_seconds(self) -> float:
        """The longest time for one document, with all its attempts and the delays between them."""
        return 2 * self.read_timeout_seconds


@dataclass(frozen=True)
class StorageSettings:
    """Either a connection string, or both endpoints and an identity."""

    connection_string: str | None = None
    blob_service_uri: str | None = None
    """The endpoint of Blob Storage, such as https://account.blob.core.windows.net."""
    table_service_uri: str | None = None
    """The endpoint of Table Storage, such as https://account.table.core.windows.net."""
    managed_identity: bool = False
    """Whether to use a managed identity only, instead of the first credential that works."""
    client_id: str | None = None
    """The client id of a user-assigned managed identity. None: the system-assigned identity."""


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
    """The storage account of the reports, in the Functions host's format for identity-based connections."""
    if connection_string := os.environ.get(STORAGE):
        return StorageSettings(connection_string=connection_string)
    blob_uri = os.environ.get(f"{STORAGE}__blobServiceUri")
    table_uri = os.environ.get(f"{STORAGE}__tableServiceUri")
    if not blob_uri or not table_uri:
        raise SettingError(
            STORAGE,
            f"{STORAGE} is not set. Set it to a storage connection string, or set both "
            f"{STORAGE}__blobServiceUri and {STORAGE}__tableServiceUri to use an identity.",
        )
    return StorageSettings(
        blob_service_uri=blob_uri,
        table_service_uri=table_uri,
        managed_identity=os.environ.get(f"{STORAGE}__credential", "").lower() == "managedidentity",
        client_id=os.environ.get(f"{STORAGE}__clientId"),
    )


def execution_options() -> ExecutionOptions:
    """The options of a new report. ExecutionOptions documents their units and holds their defaults."""
    default = ExecutionOptions()
    return ExecutionOptions(
        shard_size=_integer("SHARD_SIZE", default.shard_size, least=1, most=1000),
        shards_in_flight=_integer("SHARDS_IN_FLIGHT", default.shards_in_flight, least=1, most=1000),
        pokemon_per_activity=_integer(
            "POKEMON_PER_ACTIVITY", default.pokemon_per_activity, least=1, most=1000
        ),
        attempts=_integer("ACTIVITY_ATTEMPTS", default.attempts, least=1, most=20),
        first_retry_seconds=_seconds("ACTIVITY_FIRST_RETRY_SECONDS", default.first_retry_seconds, least=0),
    )


def batch_threads() -> int:
    """Threads that fetch the documents of one activity call; 1 to 64, default 8."""
    return _integer("BATCH_THREADS", 8, least=1, most=64)


def limits() -> Limits:
    return Limits(
        open=_integer("MAX_OPEN_REPORTS", 20, least=1, most=100_000),
        open_of_visitors=_integer("MAX_OPEN_VISITOR_REPORTS", 200, least=1, most=100_000),
        per_hour=_integer("MAX_REPORTS_PER_HOUR", 60, least=1, most=100_000),
        kept=_integer("MAX_KEPT_REPORTS", 500, least=1, most=100_000),
    )


def reports_at_once() -> int:
    """Large reports that run at once in the task hub, and as many small ones; 1 to 40, default 3."""
    return _integer("REPORTS_AT_ONCE", 3, least=1, most=40)


def retention() -> timedelta:
    """How long a report is stored; 1 to 3650 days, default 30 days."""
    return timedelta(days=_integer("RETENTION_DAYS", 30, least=1, most=3650))


def last_look_after() -> timedelta:
    """How long the orchestrations of a canceled or deleted report must be idle before the reconciler purges
    them; 0 to 3600 s, default 120 s. At least twice the queues' visibility timeouts in host.json."""
    return timedelta(seconds=_seconds("LAST_LOOK_AFTER_SECONDS", 120, least=0))


def reconcile_schedule() -> str:
    """When open reports are reconciled, as an NCRONTAB expression; default every minute. On Azure each run
    starts an instance."""
    return os.environ.get("RECONCILE_SCHEDULE") or "0 * * * * *"


def client_principal_is_trusted() -> bool:
    """Whether the platform, and not the caller, has set the ``x-ms-client-principal`` header; default no.

    App Service sets WEBSITE_AUTH_ENABLED if its authentication is on, and then removes any such header that
    a caller sends.
    """
    return any(
        os.environ.get(name, "").lower() == "true"
        for name in ("WEBSITE_AUTH_ENABLED", "TRUST_CLIENT_PRINCIPAL")
    )


def _url(name: str, default: str) -> str:
    value = os.environ.get(name) or default
    if not _is_base_url(value):
        raise SettingError(name, f"{name} must be an http or https URL such as {default}; got {value!r}.")
    return value.rstrip("/")


def _is_base_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError if it is no valid port
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
        raise SettingError(name, f"{name} must be {kind} {range_}; got {text!r}.")
    return value
