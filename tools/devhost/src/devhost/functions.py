"""The functions of the app, described by their bindings, and the checks that devhost can run them.

The worker library loads any binding that it does not know as "generic", and in Azure an extension supplies
the value. devhost has no extensions, so it rejects such a function at startup instead of leaving it idle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from devhost.app_settings import is_disabled, resolve_settings
from devhost.errors import CannotRunError

HTTP = "httpTrigger"
TIMER = "timerTrigger"
ORCHESTRATION = "orchestrationTrigger"
ACTIVITY = "activityTrigger"
ENTITY = "entityTrigger"

_TRIGGERS = (HTTP, TIMER, ORCHESTRATION, ACTIVITY, ENTITY)
_DURABLE_NAME_FIELDS = {ORCHESTRATION: "orchestration", ACTIVITY: "activity", ENTITY: "entityName"}


@dataclass(frozen=True)
class Function:
    """A function of the app. ``trigger`` and ``clients`` are bindings as in a function.json file."""

    name: str
    id: str
    trigger: dict[str, Any]
    clients: tuple[dict[str, Any], ...]
    http_outputs: tuple[str, ...]
    disabled: bool = False

    @property
    def kind(self) -> str:
        """The trigger's type, one of the constants above."""
        return str(self.trigger["type"])

    @property
    def durable_name(self) -> str:
        """The name by which orchestrators call the function: the trigger's own, else the function's."""
        return str(self.trigger.get(_DURABLE_NAME_FIELDS.get(self.kind, "")) or self.name)


def describe_function(name: str, function_id: str, bindings: list[dict[str, Any]]) -> Function:
    """Sort a function's bindings into trigger, durable clients and HTTP outputs.

    Raises CannotRunError for any other binding, unless the function is disabled and therefore never runs.
    """
    disabled = is_disabled(name)
    triggers: list[dict[str, Any]] = []
    clients: list[dict[str, Any]] = []
    http_outputs: list[str] = []
    for binding in bindings:
        kind = binding["type"]
        if kind in _TRIGGERS or (disabled and kind.lower().endswith("trigger")):
            triggers.append(binding)
        elif kind == "durableClient":
            hub = resolve_settings(str(binding.get("taskHub") or ""), f"function {name}: task_hub")
            clients.append({**binding, "taskHub": hub})
        elif kind == "http" and str(binding.get("direction")).upper() == "OUT":
            http_outputs.append(str(binding["name"]))
        elif not disabled:
            raise CannotRunError(
                f"function {name}: devhost does not support the {kind!r} binding of parameter "
                f"{binding['name']!r}; it supports {', '.join(_TRIGGERS)}, durableClient and http output. "
                f"To leave the function out, set AzureWebJobs.{name}.Disabled=true"
            )
    if len(triggers) != 1:
        raise CannotRunError(f"function {name}: must have exactly one trigger; got {len(triggers)}")
    return Function(name, function_id, triggers[0], tuple(clients), tuple(http_outputs), disabled)


def check_unique_names(functions: Iterable[Function]) -> None:
    """Raise CannotRunError if the names of two functions differ only in case.

    The worker library rejects equal names itself. Azure's host starts with neither.
    """
    by_name: dict[str, Function] = {}
    for function in functions:
        other = by_name.setdefault(function.name.lower(), function)
        if other is not function:
            raise CannotRunError(
                f"function {function.name}: the name differs from function {other.name} only in case, "
                "and function names ignore case; rename one of them"
            )


def durable_functions(functions: Iterable[Function], kind: str) -> dict[str, Function]:
    """The enabled functions of one durable kind, by their durable names in lower case.

    Raises CannotRunError if two functions have the same durable name; these names ignore case.
    """
    by_name: dict[str, Function] = {}
    for function in functions:
        if function.kind != kind or function.disabled:
            continue
        other = by_name.setdefault(function.durable_name.lower(), function)
        if other is not function:
            raise CannotRunError(
                f"function {function.name}: the {kind} name {function.durable_name!r} is already used by "
                f"function {other.name}"
            )
    return by_name
