"""What the app's folder says about how it is to be run: ``host.json`` and ``local.settings.json``.

Kept apart from the host so that every default of Azure's that we rely on stands in one place.
"""

import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devhost.errors import CannotRunError

_LOG_LEVELS = {
    "trace": logging.DEBUG,
    "debug": logging.DEBUG,
    "information": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
    "none": logging.CRITICAL + 10,
}


@dataclass(frozen=True)
class HostSettings:
    """The parts of ``host.json`` this host acts on, with Azure's defaults filled in."""

    route_prefix: str
    task_hub: str
    max_concurrent_activities: int
    max_concurrent_orchestrations: int
    max_concurrent_entities: int
    replace_running_instances: bool
    default_version: str | None
    use_forwarded_host: bool
    log_level: int


def load_host_settings(app: Path) -> HostSettings:
    """Read ``host.json`` of the app folder.

    Raises CannotRunError when it is missing or not what it should be.
    """
    path = app / "host.json"
    if not path.is_file():
        raise CannotRunError(f"{path} is missing: a function app folder has one")
    document = _read_object(path)
    durable = _section(path, document, "extensions", "durableTask")
    per_core = 10 * (os.cpu_count() or 1)
    level = str(_section(path, document, "logging", "logLevel").get("default", "Information"))
    if level.lower() not in _LOG_LEVELS:
        raise CannotRunError(
            f"{path}: logging.logLevel.default is {level!r}, not one of {', '.join(_LOG_LEVELS)}"
        )
    return HostSettings(
        route_prefix=str(_section(path, document, "extensions", "http").get("routePrefix", "api")).strip("/"),
        task_hub=str(durable.get("hubName", "TestHubName")),
        max_concurrent_activities=_positive(path, durable, "maxConcurrentActivityFunctions", per_core),
        max_concurrent_orchestrations=_positive(
            path, durable, "maxConcurrentOrchestratorFunctions", per_core
        ),
        max_concurrent_entities=_positive(path, durable, "maxConcurrentEntityFunctions", per_core),
        replace_running_instances=durable.get("overridableExistingInstanceStates") == "AnyState",
        default_version=durable.get("defaultVersion"),
        use_forwarded_host=bool(_section(path, durable, "httpSettings").get("useForwardedHost", False)),
        log_level=_LOG_LEVELS[level.lower()],
    )


def load_local_settings(app: Path) -> None:
    """Put the ``Values`` of ``local.settings.json`` into the environment, where a name is not already set.

    The real environment wins, as it does with Core Tools. Raises CannotRunError for a broken or encrypted
    file.
    """
    path = app / "local.settings.json"
    if not path.exists():
        return
    document = _read_object(path)
    if document.get("IsEncrypted"):
        raise CannotRunError(f"{path} is encrypted (IsEncrypted is true): only Core Tools can read it")
    for name, value in _section(path, document, "Values").items():
        if not isinstance(value, str):
            raise CannotRunError(f"{path}: Values.{name} must be a string, as Core Tools require")
        os.environ.setdefault(name, value)


def _read_object(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CannotRunError(f"{path} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise CannotRunError(f"{path} must hold a JSON object")
    return document


def _section(path: Path, document: dict[str, Any], *names: str) -> dict[str, Any]:
    section = document
    for depth, name in enumerate(names, start=1):
        section = {} if section.get(name) is None else section[name]
        if not isinstance(section, dict):
            raise CannotRunError(f"{path}: {'.'.join(names[:depth])} must be an object")
    return section


def _positive(path: Path, section: dict[str, Any], name: str, default: int) -> int:
    value = section.get(name, default)
    if not isinstance(value, int) or value < 1:
        raise CannotRunError(f"{path}: {name} must be a whole number above 0, not {value!r}")
    return value
