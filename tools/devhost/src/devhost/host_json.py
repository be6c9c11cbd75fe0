"""The settings in ``host.json`` that devhost applies, with Azure's defaults.

As in Azure, names ignore case, and the app setting ``AzureFunctionsJobHost__a__b`` overrides a.b of the file.
"""

import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devhost.app_settings import resolve_settings
from devhost.errors import CannotRunError
from devhost.json_files import read_object, section, value_of
from devhost.timespans import parse_timespan

_LOG_LEVELS = {
    "trace": logging.DEBUG,
    "debug": logging.DEBUG,
    "information": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
    "none": logging.CRITICAL + 10,
}
_DEFAULT_TIMEOUT = "00:30:00"  # on every hosting plan except the old Consumption plan

# Azure ignores unknown names, so a misspelled name has no effect and goes unnoticed. These are the names that
# Azure knows, whether devhost applies them or not.
_KNOWN = {
    (): """version functionTimeout retry functions http watchDirectories watchFiles queues serviceBus eventHub
        singleton logging aggregator healthMonitor extensionBundle managedDependency customHandler extensions
        concurrency telemetryMode sendCanceledInvocationsToWorker metadataProviderTimeout""",
    ("extensions", "http"): """routePrefix maxOutstandingRequests maxConcurrentRequests
        dynamicThrottlesEnabled hsts customHeaders""",
    ("extensions", "durableTask"): """hubName defaultVersion versionMatchStrategy versionFailureStrategy
        storageProvider tracing notifications httpSettings maxConcurrentActivityFunctions
        maxConcurrentOrchestratorFunctions maxConcurrentEntityFunctions localRpcEndpointEnabled
        maxEntityOperationBatchSize extendedSessionsEnabled extendedSessionIdleTimeoutInSeconds
        maxOrchestrationActions overridableExistingInstanceStates entityMessageReorderWindowInMinutes
        useGracefulShutdown rollbackEntityOperationsOnExceptions throwStatusExceptionsOnRaiseEvent useAppLease
        appLeaseOptions storeInputsInOrchestrationHistory maxGrpcMessageSizeInBytes grpcHttpClientTimeout
        logReplayEvents""",
}


@dataclass(frozen=True)
class HostSettings:
    """The settings of ``host.json`` that devhost applies, with Azure's defaults.

    ``function_timeout`` is in seconds, None for no limit. ``unknown`` lists names that Azure does not know.
    """

    route_prefix: str
    custom_headers: tuple[tuple[str, str], ...]
    function_timeout: float | None
    task_hub: str
    max_concurrent_activities: int
    max_concurrent_orchestrations: int
    max_concurrent_entities: int
    replace_running_instances: bool
    default_version: str | None
    use_forwarded_host: bool
    log_level: int
    unknown: tuple[str, ...]


def load_host_settings(app: Path) -> HostSettings:
    """Read ``host.json`` in the folder ``app``. Raises CannotRunError if it is missing or invalid."""
    path = app / "host.json"
    if not path.is_file():
        raise CannotRunError(f"{path} not found; every function app needs a host.json file")
    document = read_object(path)
    unknown = _unknown_names(path, document)
    _apply_overrides(document)
    durable = section(path, document, "extensions", "durableTask")
    http = section(path, document, "extensions", "http")
    per_core = 10 * (os.cpu_count() or 1)
    overridable = _text(durable, "overridableExistingInstanceStates", "NonRunningStates")
    return HostSettings(
        route_prefix=_text(http, "routePrefix", "api").strip("/"),
        custom_headers=tuple(
            (name, str(value)) for name, value in section(path, http, "customHeaders").items()
        ),
        function_timeout=_timeout(path, _text(document, "functionTimeout", _DEFAULT_TIMEOUT)),
        task_hub=resolve_settings(_text(durable, "hubName", "TestHubName"), f"{path}: hubName"),
        max_concurrent_activities=_positive(path, durable, "maxConcurrentActivityFunctions", per_core),
        max_concurrent_orchestrations=_positive(
            path, durable, "maxConcurrentOrchestratorFunctions", per_core
        ),
        max_concurrent_entities=_positive(path, durable, "maxConcurrentEntityFunctions", per_core),
        replace_running_instances=overridable.lower() == "anystate",
        default_version=value_of(durable, "defaultVersion"),
        use_forwarded_host=_text(section(path, durable, "httpSettings"), "useForwardedHost", "false").lower()
        == "true",
        log_level=_log_level(path, document),
        unknown=unknown,
    )


def _unknown_names(path: Path, document: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        ".".join([*names, name])
        for names, known in _KNOWN.items()
        for name in section(path, document, *names)
        if name.lower() not in known.lower().split()
    )


def _apply_overrides(document: dict[str, Any]) -> None:
    for variable, value in os.environ.items():
        first, *names = re.split("__|:", variable)
        if first.lower() != "azurefunctionsjobhost" or not names:
            continue
        parent = document
        for name in names[:-1]:
            child = value_of(parent, name)
            if not isinstance(child, dict):
                child = _set(parent, name, {})
            parent = child
        _set(parent, names[-1], value)


def _set(values: dict[str, Any], name: str, value: Any) -> Any:
    key = next((key for key in values if key.lower() == name.lower()), name)
    values[key] = value
    return value


def _text(values: dict[str, Any], name: str, default: str) -> str:
    value = value_of(values, name)
    return default if value is None else str(value)


def _timeout(path: Path, text: str) -> float | None:
    if text in ("-1", "-1.00:00:00"):
        return None
    limit = parse_timespan(text)
    if limit is None or limit.total_seconds() < 1:
        raise CannotRunError(
            f"{path}: functionTimeout must be hh:mm:ss, at least 00:00:01, or -1 for no limit; got {text!r}"
        )
    return limit.total_seconds()


def _log_level(path: Path, document: dict[str, Any]) -> int:
    level = _text(section(path, document, "logging", "logLevel"), "default", "Information")
    if level.lower() not in _LOG_LEVELS:
        raise CannotRunError(
            f"{path}: logging.logLevel.default must be one of {', '.join(_LOG_LEVELS)}; got {level!r}"
        )
    return _LOG_LEVELS[level.lower()]


def _positive(path: Path, values: dict[str, Any], name: str, default: int) -> int:
    text = _text(values, name, str(default))
    if not re.fullmatch(r"0*[1-9]\d*", text):
        raise CannotRunError(f"{path}: {name} must be a whole number greater than 0; got {text!r}")
    return int(text)
