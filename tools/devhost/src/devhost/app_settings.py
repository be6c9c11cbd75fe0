"""App settings: ``local.settings.json`` and the environment variables that change how the app runs.

In Azure every app setting is an environment variable. Locally, the ``Values`` of the file become environment
variables, and its ``Host`` section configures the local host only.
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
    """The contents of ``local.settings.json``, with the defaults of Core Tools.

    ``unknown`` lists the names that neither devhost nor Core Tools reads.
    """

    values: dict[str, str] = field(default_factory=dict)
    port: int = _DEFAULT_PORT
    cors_origins: tuple[str, ...] = ()
    cors_credentials: bool = False
    unknown: tuple[str, ...] = ()


def load_local_settings(app: Path) -> LocalSettings:
    """Read ``local.settings.json``, if there is one. Raises CannotRunError if it is invalid or encrypted."""
    path = app / "local.settings.json"
    if not path.exists():
        return LocalSettings()
    document = read_object(path)
    if value_of(document, "IsEncrypted"):
        raise CannotRunError(
            f"{path} is encrypted, and only Core Tools can read it; decrypt it with: func settings decrypt"
        )
    values = section(path, document, "Values")
    for name, value in values.items():
        if not isinstance(value, str):
            raise CannotRunError(f"{path}: Values.{name} must be a string")
    host = section(path, document, "Host")
    port = value_of(host, "LocalHttpPort")
    if port is not None and not re.fullmatch(r"[1-9]\d*", str(port)):
        raise CannotRunError(f"{path}: Host.LocalHttpPort must be a port number; got {port!r}")
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


def export_values(settings: LocalSettings) -> None:
    """Set the ``Values`` as environment variables. Variables that are already set win, as in Core Tools.

    Raises CannotRunError if the app is for the worker of another language.
    """
    for name, value in settings.values.items():
        os.environ.setdefault(name, value)
    runtime = os.environ.get("FUNCTIONS_WORKER_RUNTIME", "python")
    if runtime.lower() != "python":
        raise CannotRunError(f"FUNCTIONS_WORKER_RUNTIME is {runtime!r}; devhost runs only python apps")


def resolve_settings(text: str, source: str) -> str:
    """Replace every ``%NAME%`` in ``text`` with the app setting of that name.

    Raises CannotRunError, naming ``source``, if a setting is missing.
    """

    def value(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        if name not in os.environ:
            raise CannotRunError(f"{source}: the app setting {name!r} is missing")
        return os.environ[name]

    return re.sub("%([^%]+)%", value, text).strip()


def is_disabled(function: str) -> bool:
    """Whether ``AzureWebJobs.<function>.Disabled`` is true.

    ``__`` may replace the dots, for shells that allow no dots in the names of variables.
    """
    names = (f"azurewebjobs.{function}.disabled".lower(), f"azurewebjobs__{function}__disabled".lower())
    return any(value.lower() in ("true", "1") for name, value in os.environ.items() if name.lower() in names)


def disabled_names() -> set[str]:
    """The function names, in lower case, in ``AzureWebJobs.<function>.Disabled`` settings, true or false."""
    matches = (
        re.fullmatch(r"azurewebjobs(?:\.|__)(.+)(?:\.|__)disabled", name.lower()) for name in os.environ
    )
    return {match[1] for match in matches if match}


def max_body_bytes() -> int:
    """The largest accepted request body, in bytes."""
    limit = os.environ.get("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "")
    return int(limit) if limit.isdecimal() else _DEFAULT_MAX_BODY_BYTES


def is_home_page_disabled() -> bool:
    """Whether ``/`` responds without a page."""
    setting = os.environ.get("AzureWebJobsDisableHomepage", "")  # noqa: SIM112 - Azure's name
    return setting.lower() in ("true", "1")


def time_zone() -> tzinfo:
    """The time zone of timer schedules. Raises CannotRunError if it does not exist."""
    name = os.environ.get("WEBSITE_TIME_ZONE")
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CannotRunError(
            f"WEBSITE_TIME_ZONE must be an IANA time zone such as Europe/Madrid; got {name!r}"
        ) from error
