"""A function as the host sees it, and the refusal of what this host cannot run.

The worker library accepts any binding it does not know as "generic"; in Azure an extension would then feed
it. Here nothing would, so a function that could never run is named at start instead of hanging later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from devhost.app_settings import is_disabled, resolved
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
    """One function: the trigger's binding and the others, as the dicts a function.json would hold."""

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
        """The name orchestrators call it by: the trigger's own, else the function's."""
        return str(self.trigger.get(_DURABLE_NAME_FIELDS.get(self.kind, "")) or self.name)


def describe_function(name: str, function_id: str, bindings: list[dict[str, Any]]) -> Function:
    """Sort a function's bindings into trigger, clients and HTTP output.

    Raises CannotRunError for any other binding, unless the function is disabled and so never runs.
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
            hub = resolved(str(binding.get("taskHub") or ""), f"function {name}: task_hub")
            clients.append({**binding, "taskHub": hub})
        elif kind == "http" and str(binding.get("direction")).upper() == "OUT":
            http_outputs.append(str(binding["name"]))
        elif not disabled:
            raise CannotRunError(
                f"function {name}: this host cannot feed a {kind!r} binding (parameter {binding['name']!r}); "
                f"it knows {', '.join(_TRIGGERS)}, durableClient and http output; "
                f"the setting AzureWebJobs.{name}.Disabled=true leaves the function out"
            )
    if len(triggers) != 1:
        raise CannotRunError(f"function {name}: has {len(triggers)} triggers; a function has exactly one")
    return Function(name, function_id, triggers[0], tuple(clients), tuple(http_outputs), disabled)


def refuse_names_twice(functions: Iterable[Function]) -> None:
    """Raise CannotRunError for two functions whose names differ in nothing but case.

    The worker library refuses equal names itself. Azure's host does not start with either.
    """
    found: dict[str, Function] = {}
    for function in functions:
        other = found.setdefault(function.name.lower(), function)
        if other is not function:
            raise CannotRunError(
                f"function {function.name}: its name differs from that of function {other.name} in case "
                "only, and the host's names ignore case"
            )


def durable_functions(functions: Iterable[Function], kind: str) -> dict[str, Function]:
    """The functions of one durable kind that are not disabled, by the name they are called by.

    Names ignore case; here they are in lower case.
    """
    found: dict[str, Function] = {}
    for function in functions:
        if function.kind != kind or function.disabled:
            continue
        other = found.setdefault(function.durable_name.lower(), function)
        if other is not function:
            raise CannotRunError(
                f"function {function.name}: the {kind} name {function.durable_name!r} is also that "
                f"of function {other.name}"
            )
    return found
