"""What app settings say about how the app is to be run: ``local.settings.json`` and the environment.

In Azure every app setting is an environment variable; locally the file's ``Values`` become ones, and its
``Host`` section is for the local host alone.
"""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from devhost.errors import CannotRunError
from devhost.json_files import read_object, section, value_of

_DEFAULT_PORT = 7071
_DEFAULT_MAX_BODY_BYTES = 104_857_600  # Azure's limit of 100 MB
_KNOWN = {
    (): ("isencrypted", "values", "host"),
    ("Host",): ("localhttpport", "cors", "corscredentials"),
}


@dataclass(frozen=True)
class LocalSettings:
    """The file's contents, with Core Tools' defaults filled in. ``unknown`` are names that nobody reads."""

    values: dict[str, str] = field(default_factory=dict)
    port: int = _DEFAULT_PORT
    cors_origins: tuple[str, ...] = ()
    cors_credentials: bool = False
    unknown: tuple[str, ...] = ()


def load_local_settings(app: Path) -> LocalSettings:
    """Read ``local.settings.json``. Raises CannotRunError for a broken or encrypted file."""
    path = app / "local.settings.json"
    if not path.exists():
        return LocalSettings()
    document = read_object(path)
    if value_of(document, "IsEncrypted"):
        raise CannotRunError(f"{path} is encrypted (IsEncrypted is true): only Core Tools can read it")
    values = section(path, document, "Values")
    for name, value in values.items():
        if not isinstance(value, str):
            raise CannotRunError(f"{path}: Values.{name} must be a string, as Core Tools require")
    host = section(path, document, "Host")
    port = value_of(host, "LocalHttpPort")
    if port is not None and not re.fullmatch(r"[1-9]\d*", str(port)):
        raise CannotRunError(f"{path}: Host.LocalHttpPort must be a port, not {port!r}")
    origins = str(value_of(host, "CORS") or "")
    return LocalSettings(
        values=values,
        port=int(port or _DEFAULT_PORT),
        cors_origins=tuple(origin.strip() for origin in origins.split(",") if origin.strip()),
        cors_credentials=str(value_of(host, "CORSCredentials")).lower() == "true",
        unknown=tuple(
            ".".join([*names, name])
            for names, known in _KNOWN.items()
            for name in section(path, document, *names)
            if name.lower() not in known
        ),
    )


def use_values(settings: LocalSettings) -> None:
    """Put the Values into the environment; what is there already wins, as it does with Core Tools.

    Raises CannotRunError where they say that the app is for another language's worker.
    """
    for name, value in settings.values.items():
        os.environ.setdefault(name, value)
    runtime = os.environ.get("FUNCTIONS_WORKER_RUNTIME", "python")
    if runtime.lower() != "python":
        raise CannotRunError(f"FUNCTIONS_WORKER_RUNTIME is {runtime!r}: this host runs python apps only")


def resolved(text: str, place: str) -> str:
    """``text`` with every %NAME% replaced by the app setting of that name.

    Raises CannotRunError naming ``place`` for one that is not set.
    """

    def setting(found: re.Match[str]) -> str:
        if found[1] not in os.environ:
            raise CannotRunError(f"{place}: the app setting {found[1]!r} is missing")
        return os.environ[found[1]]

    return re.sub("%([^%]+)%", setting, text).strip()


def is_disabled(function: str) -> bool:
    """Whether AzureWebJobs.<Name>.Disabled is on (with ``__`` where a variable's name cannot have a dot)."""
    names = (f"azurewebjobs.{function}.disabled".lower(), f"azurewebjobs__{function}__disabled".lower())
    return any(value.lower() in ("true", "1") for name, value in os.environ.items() if name.lower() in names)


def disabled_names() -> set[str]:
    """The function names, in lower case, that such settings are about, whatever they say."""
    found = (re.fullmatch(r"azurewebjobs(?:\.|__)(.+)(?:\.|__)disabled", name.lower()) for name in os.environ)
    return {match[1] for match in found if match}


def max_body_bytes() -> int:
    """The largest request body that is accepted."""
    limit = os.environ.get("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "")
    return int(limit) if limit.isdecimal() else _DEFAULT_MAX_BODY_BYTES


def is_home_page_disabled() -> bool:
    """Whether ``/`` is to be answered without a page."""
    setting = os.environ.get("AzureWebJobsDisableHomepage", "")  # noqa: SIM112 - Azure's name
    return setting.lower() in ("true", "1")


def time_zone() -> tzinfo:
    """The zone that timers' schedules are in. Raises CannotRunError for one that does not exist."""
    name = os.environ.get("WEBSITE_TIME_ZONE")
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CannotRunError(f"WEBSITE_TIME_ZONE: there is no time zone {name!r}") from error
