"""The Terraform configuration agrees with the code, with host.json and with local.settings.json."""

import inspect
import json
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from azure_functions_runtime.utils import constants as worker  # type: ignore[import-untyped]

from adapters import dependencies, settings
from adapters.settings import SettingError
from tests import terraform_files
from tests.terraform_files import INFRA
from tools.docs import terraform as terraform_docs
from tools.local.process import REPOSITORY

DURABLE = json.loads((REPOSITORY / "host.json").read_text())["extensions"]["durableTask"]

NOT_SET = {
    "ReportStorage": "A connection string contains a key; the app uses identities.",
    "LAST_LOOK_AFTER_SECONDS": "Its default depends on host.json, which is the same everywhere.",
    "TRUST_CLIENT_PRINCIPAL": "If no platform authenticates, this lets every caller claim to be any user.",
    "WEBSITE_AUTH_ENABLED": "App Service sets it if its authentication is on.",
}
ONLY_ON_FUNCTIONS_PREMIUM = {
    "FUNCTIONS_EXTENSION_VERSION",
    "FUNCTIONS_WORKER_RUNTIME",
    "WEBSITE_RUN_FROM_PACKAGE",
    "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID",
}
READ_BY_THE_HOST = ONLY_ON_FUNCTIONS_PREMIUM | {
    "AzureWebJobsDisableHomepage",
    "AzureWebJobsStorage__accountName",
    "AzureWebJobsStorage__credential",
    "AzureWebJobsStorage__clientId",
    "APPLICATIONINSIGHTS_CONNECTION_STRING",
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type",
    "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName",
    "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
}
READ_BY_THE_WORKER = {
    worker.PYTHON_THREADPOOL_THREAD_COUNT,
    worker.PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY,
    worker.PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME,
}
READ_BY_OPENTELEMETRY = {
    "OTEL_METRICS_EXPORTER",
    "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS",
    "OTEL_PYTHON_REQUESTS_EXCLUDED_URLS",
    "OTEL_TRACES_SAMPLER",
    "OTEL_TRACES_SAMPLER_ARG",
}


class RecordingEnvironment(dict[str, str]):
    """An environment that records which variables are read."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> str:
        self.names.add(key)
        return super().__getitem__(key)


def _readers() -> Iterator[Any]:
    """Every public function of adapters/settings.py. Each reads settings and has no parameters."""
    for name, function in inspect.getmembers(settings, inspect.isfunction):
        if function.__module__ == settings.__name__ and not name.startswith("_"):
            assert not inspect.signature(function).parameters, f"{name} has parameters: read it here too"
            yield function


def _names_the_code_reads(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    environment = RecordingEnvironment(
        {"ReportStorage__blobServiceUri": "https://b", "ReportStorage__tableServiceUri": "https://t"}
    )
    monkeypatch.setattr(os, "environ", environment)
    for reader in _readers():
        reader()
    return environment.names


def _tuning() -> set[str]:
    return set(terraform_files.local_values()["tuning_ranges"])


def _default(name: str) -> Any:
    return terraform_files.variables()[name]["default"]


def _names_terraform_sets() -> set[str]:
    values = terraform_files.local_values()
    assert "(local.scheduler_connection) = " in values["app_settings"]
    tuning = {name.upper() for name in _tuning()}
    return terraform_files.setting_names() | tuning | {values["scheduler_connection"]}


def test_terraform_sets_every_setting_that_the_code_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _names_the_code_reads(monkeypatch)
    assert len(read) > 15
    assert read - _names_terraform_sets() == set(NOT_SET)


def test_terraform_sets_only_settings_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    known = _names_the_code_reads(monkeypatch) | READ_BY_THE_HOST | READ_BY_THE_WORKER | READ_BY_OPENTELEMETRY
    assert _names_terraform_sets() - known == set()


def test_terraform_sets_every_setting_that_the_host_and_the_worker_need() -> None:
    assert _names_terraform_sets() >= READ_BY_THE_HOST | READ_BY_THE_WORKER


def test_the_final_check_is_later_than_any_message_is_invisible() -> None:
    """A message can be dequeued and lost once more while it is invisible because of the first host."""
    for name in ("controlQueueVisibilityTimeout", "workItemQueueVisibilityTimeout"):
        hours, minutes, seconds = (int(part) for part in DURABLE["storageProvider"][name].split(":"))
        invisible = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        assert settings.last_look_after() >= 2 * invisible


@pytest.mark.parametrize("name", sorted(_tuning()))
def test_terraform_allows_the_range_that_the_app_allows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    least, most = terraform_files.local_values()["tuning_ranges"][name]

    def is_allowed(value: float) -> bool:
        environment = {"ReportStorage": "UseDevelopmentStorage=true", name.upper(): f"{value:g}"}
        monkeypatch.setattr(os, "environ", environment)
        try:
            for reader in _readers():
                reader()
        except SettingError as error:
            if name.upper() in str(error):
                return False
            raise
        return True

    assert is_allowed(least)
    assert is_allowed(most)
    assert not is_allowed(least - (0.05 if isinstance(least, float) else 1))
    assert not is_allowed(most + 1)
    # variables.app.tf allows a fraction for a number of seconds only.
    assert is_allowed(least + 0.5) == name.endswith("_seconds")


def test_defaults_of_terraform_and_of_the_code_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    assert _default("retention_days") == settings.retention().days
    assert _default("pokeapi_base_url") == settings.pokeapi_settings().base_url
    assert _default("reconcile_schedule") == settings.reconcile_schedule()


def test_the_worker_has_more_threads_than_functions_that_run_at_once() -> None:
    functions = DURABLE["maxConcurrentActivityFunctions"] + DURABLE["maxConcurrentOrchestratorFunctions"]
    threads = _default("worker_threads")
    assert threads > functions
    local = json.loads((REPOSITORY / "local.settings.json").read_text())["Values"]
    assert int(local["PYTHON_THREADPOOL_THREAD_COUNT"]) == threads


def test_an_instance_has_a_connection_for_every_activity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    assert settings.pokeapi_settings().connections >= DURABLE["maxConcurrentActivityFunctions"]


def test_terraform_creates_the_container_and_the_tables_that_the_app_uses() -> None:
    values = terraform_files.local_values()
    assert values["reports_container"] == dependencies.CONTAINER
    assert values["reports_table"] == dependencies.TABLE
    assert values["pokeapi_table"] == dependencies.POKEAPI_TABLE


def test_azure_runs_the_python_version_that_the_tests_run() -> None:
    version = (REPOSITORY / ".python-version").read_text().strip()
    assert terraform_files.local_values()["python_version"] == version


def test_the_hub_name_is_valid_for_both_backends() -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{2,44}", DURABLE["hubName"])


def test_the_tables_of_inputs_and_outputs_are_up_to_date() -> None:
    page = (INFRA / "README.md").read_text().partition("<!-- tables -->\n")[2]
    assert page == f"{terraform_docs.tables()}\n", "Paste the output of `python -m tools.docs.terraform`."


def test_the_effect_of_every_variable_on_data_is_documented() -> None:
    section = (REPOSITORY / "docs/operations.md").read_text().partition("\n### Change a variable\n")[2]
    rows = re.findall(r"^\| (`.+?) \|", section.partition("\n### ")[0], re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(terraform_files.variables())


def test_an_environment_has_no_default() -> None:
    """With a default, a command without its variables would plan to replace another environment."""
    assert "default" not in terraform_files.variables()["environment"]


TERRAFORM_TESTS = sorted((INFRA / "tests").glob("*.tftest.hcl"))


@pytest.mark.parametrize("path", TERRAFORM_TESTS, ids=lambda path: str(path.name))
def test_what_a_terraform_test_refers_to_exists(path: Path) -> None:
    """``terraform test`` needs the providers. Without them, this finds names that do not exist."""
    text = path.read_text()
    configuration = "\n".join(file.read_text() for file in INFRA.glob("*.tf"))
    for kind, name in set(re.findall(r"\b((?:azurerm|azapi)_\w+)\.(\w+)", text)):
        assert f'resource "{kind}" "{name}"' in configuration, f"{kind}.{name}"
    for name in set(re.findall(r"\blocal\.(\w+)", text)):
        assert name in terraform_files.local_values(), name
    for block in re.findall(r"^ *variables \{\n(.*?)^ *\}", text, re.MULTILINE | re.DOTALL):
        for name in re.findall(r"^ {2,4}(\w+) +=", block, re.MULTILINE):
            assert name in terraform_files.variables(), name
    for name in set(re.findall(r"\bvar\.(\w+)", text)):
        assert name in terraform_files.variables(), name
    for name in set(re.findall(r"\bcheck\.(\w+)", text)):
        assert f'check "{name}"' in configuration, name
    runs = re.findall(r'^run "(\w+)"', text, re.MULTILINE)
    assert len(runs) == len(set(runs))
    for run, output in set(re.findall(r"\brun\.(\w+)\.(\w+)", text)):
        assert run in runs, run
        assert f'output "{output}"' in configuration, output
