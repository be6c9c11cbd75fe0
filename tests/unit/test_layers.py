"""The borders between the layers, checked by what their modules import and call."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "domain": {"domain"},
    "adapters": {"adapters", "domain"},
    "orchestrators": {"orchestrators", "domain"},
    "activities": {"activities", "services", "adapters", "domain"},
    "services": {"services", "adapters", "domain"},
    "triggers": {"triggers", "services", "adapters", "domain"},
}
MODULES = {layer: sorted((ROOT / layer).glob("**/*.py")) for layer in MAY_IMPORT}
EVERY_MODULE = [module for modules in MODULES.values() for module in modules]

ENVIRONMENT = {"http", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile", "urllib"}
UNREPEATABLE = {
    "asyncio",
    "concurrent",
    "multiprocessing",
    "random",
    "secrets",
    "threading",
    "time",
    "uuid",
}
CLIENTS = (
    "azure.core",
    "azure.data",
    "azure.identity",
    "azure.storage",
    "grpc",
    "pybreaker",
    "requests",
    "urllib3",
)
HTTP = ("azure.functions", "http", "triggers", "werkzeug")
CLOCKS_AND_FILES = {"now", "open", "read_text", "today", "utcnow", "write_text"}


def shown(module: Path) -> str:
    return str(module.relative_to(ROOT))


def imports(module: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def packages(module: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(module)}


def calls(module: Path) -> set[str]:
    """What a module calls, by its last name: "now" for ``datetime.now(UTC)``."""
    nodes = ast.walk(ast.parse(module.read_text("utf-8")))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    attributes = {function.attr for function in called if isinstance(function, ast.Attribute)}
    return attributes | {function.id for function in called if isinstance(function, ast.Name)}


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_every_layer_has_modules(layer: str) -> None:
    assert len(MODULES[layer]) > 1


@pytest.mark.parametrize("module", EVERY_MODULE, ids=shown)
def test_a_module_imports_only_the_layers_below_its_own(module: Path) -> None:
    layer = module.relative_to(ROOT).parts[0]
    other_folders = {entry.name for entry in ROOT.iterdir() if entry.is_dir()} | {"function_app"}

    assert packages(module) & other_folders <= MAY_IMPORT[layer]


@pytest.mark.parametrize("module", MODULES["domain"], ids=shown)
def test_the_domain_imports_only_itself_and_the_pure_part_of_the_standard_library(
    module: Path,
) -> None:
    impure = ENVIRONMENT | (UNREPEATABLE - {"random"})

    assert packages(module) <= {"domain", *sys.stdlib_module_names} - impure


@pytest.mark.parametrize("module", MODULES["orchestrators"], ids=shown)
def test_orchestrators_import_nothing_that_differs_between_replays(module: Path) -> None:
    assert not packages(module) & (ENVIRONMENT | UNREPEATABLE)


@pytest.mark.parametrize("module", [*MODULES["domain"], *MODULES["orchestrators"]], ids=shown)
def test_the_domain_and_the_orchestrators_read_no_clock_and_no_file(module: Path) -> None:
    assert not calls(module) & CLOCKS_AND_FILES


@pytest.mark.parametrize("module", MODULES["domain"], ids=shown)
def test_the_domain_draws_from_seeded_generators_only(module: Path) -> None:
    random_names = {name for name in imports(module) if name.partition(".")[0] == "random"}

    assert random_names <= {"random"}
    assert not calls(module) & {"choice", "getrandbits", "randint", "randrange", "shuffle", "SystemRandom"}


@pytest.mark.parametrize("module", EVERY_MODULE, ids=shown)
def test_only_the_adapters_use_the_clients_of_storage_the_engine_and_pokeapi(module: Path) -> None:
    used = {name for name in imports(module) if name.startswith(CLIENTS)}

    assert not used or module.is_relative_to(ROOT / "adapters")


@pytest.mark.parametrize("module", MODULES["services"], ids=shown)
def test_the_services_know_nothing_of_http_and_triggers(module: Path) -> None:
    assert not [name for name in imports(module) if name.startswith(HTTP)]


@pytest.mark.parametrize("module", EVERY_MODULE, ids=shown)
def test_the_app_logs_to_its_own_logger(module: Path) -> None:
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    levels = {"debug", "info", "warning", "error", "exception", "critical", "log"}

    assert not called & {f"logging.{level}" for level in levels}
