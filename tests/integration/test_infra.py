"""What the code reads beside what Terraform sets, and what host.json says beside what the app is given."""

import inspect
import json
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from azure_functions_runtime.utils import constants as worker  # type: ignore[import-untyped]

from adapters import dependencies, settings
from adapters.settings import SettingError
from tools.local.process import REPOSITORY

INFRA = REPOSITORY / "infra"

SET_BY_NOBODY = {
    "ReportStorage": "a connection string holds a key; identities are used instead",
    "LAST_LOOK_AFTER_SECONDS": "its default follows from host.json, which is the same everywhere",
    "TRUST_CLIENT_PRINCIPAL": "for where no platform authenticates; with it on, anybody could be anybody",
    "WEBSITE_AUTH_ENABLED": "App Service sets it itself where its authentication is on",
}
READ_BY_THE_HOST = {
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


class _Listening(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def _readers() -> Iterator[Any]:
    """Every function of adapters/settings.py that reads settings: those that take no arguments."""
    for name, function in inspect.getmembers(settings, inspect.isfunction):
        if function.__module__ == settings.__name__ and not name.startswith("_"):
            assert not inspect.signature(function).parameters, f"{name} takes arguments: read it here too"
            yield function


def _names_the_code_reads(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    environment = _Listening(
        {"ReportStorage__blobServiceUri": "https://b", "ReportStorage__tableServiceUri": "https://t"}
    )
    monkeypatch.setattr(os, "environ", environment)
    for reader in _readers():
        reader()
    return environment.asked


def _variable(name: str) -> str:
    """The block of one Terraform variable."""
    text = (INFRA / "variables.tf").read_text()
    found = re.search(rf'^variable "{name}" \{{\n(.*?)^\}}', text, re.DOTALL | re.MULTILINE)
    assert found, f"there is no variable {name}"
    return found[1]


def _default(name: str) -> str:
    found = re.search(r'^ +default += "?([^"\n]+?)"?$', _variable(name), re.MULTILINE)
    assert found, f"variable {name} has no default"
    return found[1]


def _tuning() -> set[str]:
    return set(re.findall(r"(\w+) += optional\(number\)", _variable("tuning")))


def _tuning_ranges() -> dict[str, tuple[str, str]]:
    block = (INFRA / "locals.tf").read_text().split("tuning_ranges = {")[1]
    return {name: (least, most) for name, least, most in re.findall(r"(\w+) += \[([\d.]+), (\d+)\]", block)}


def _names_terraform_sets() -> set[str]:
    text = (INFRA / "main.settings.tf").read_text()
    names = set(re.findall(r"^ {6}(\w+) += ", text, re.MULTILINE))
    names |= {name.upper() for name in _tuning()}
    assert "(local.scheduler_connection)" in text
    scheduler = re.search(r'scheduler_connection += "(\w+)"', (INFRA / "locals.tf").read_text())
    assert scheduler
    return names | {scheduler[1]}


def test_terraform_sets_every_setting_that_the_code_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _names_the_code_reads(monkeypatch)
    assert len(read) > 15
    assert read - _names_terraform_sets() == set(SET_BY_NOBODY)


def test_terraform_sets_nothing_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    known = _names_the_code_reads(monkeypatch) | READ_BY_THE_HOST | READ_BY_THE_WORKER | READ_BY_OPENTELEMETRY
    assert _names_terraform_sets() - known == set()


def test_the_last_look_is_later_than_any_message_is_invisible() -> None:
    """A message may be taken and lost again once more while the first host's is still invisible."""
    storage = json.loads((REPOSITORY / "host.json").read_text())["extensions"]["durableTask"][
        "storageProvider"
    ]
    for name in ("controlQueueVisibilityTimeout", "workItemQueueVisibilityTimeout"):
        hours, minutes, seconds = (int(part) for part in storage[name].split(":"))
        invisible = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        assert settings.last_look_after() >= 2 * invisible


def test_the_reconcilers_schedule_is_the_same_in_terraform_and_in_the_code() -> None:
    assert _default("reconcile_schedule") == settings.reconcile_schedule()


def test_what_the_host_needs_is_set() -> None:
    assert _names_terraform_sets() >= READ_BY_THE_HOST | READ_BY_THE_WORKER


@pytest.mark.parametrize("name", sorted(_tuning()))
def test_terraform_takes_what_the_app_takes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    least, most = _tuning_ranges()[name]

    def taken(value: float) -> bool:
        environment = {
            "ReportStorage": "UseDevelopmentStorage=true",
            name.upper(): f"{value:g}",
        }
        monkeypatch.setattr(os, "environ", environment)
        try:
            for reader in _readers():
                reader()
        except SettingError as fault:
            if name.upper() in str(fault):
                return False
            raise
        return True

    assert taken(float(least))
    assert taken(float(most))
    assert not taken(float(least) - 0.05 if "." in least else float(least) - 1)
    assert not taken(float(most) + 1)


def test_every_tuning_has_a_range() -> None:
    assert set(_tuning_ranges()) == _tuning()


def test_defaults_that_are_written_twice_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    assert int(_default("retention_days")) == settings.retention().days
    assert _default("pokeapi_base_url") == settings.pokeapi_settings().base_url


def test_there_are_threads_for_all_that_host_json_lets_run_at_once() -> None:
    durable = json.loads((REPOSITORY / "host.json").read_text())["extensions"]["durableTask"]
    at_once = durable["maxConcurrentActivityFunctions"] + durable["maxConcurrentOrchestratorFunctions"]
    threads = int(_default("worker_threads"))
    assert threads > at_once
    local = json.loads((REPOSITORY / "local.settings.json").read_text())["Values"]
    assert int(local["PYTHON_THREADPOOL_THREAD_COUNT"]) == threads


def test_an_instance_has_a_connection_for_every_activity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    durable = json.loads((REPOSITORY / "host.json").read_text())["extensions"]["durableTask"]
    assert settings.pokeapi_settings().connections >= durable["maxConcurrentActivityFunctions"]


def test_terraform_makes_the_container_and_the_tables_that_the_app_uses() -> None:
    text = (INFRA / "locals.tf").read_text()
    assert f'reports_container    = "{dependencies.CONTAINER}"' in text
    assert f'reports_table        = "{dependencies.TABLE}"' in text
    assert f'pokeapi_table        = "{dependencies.POKEAPI_TABLE}"' in text


def test_azure_runs_the_python_that_the_tests_run() -> None:
    version = (REPOSITORY / ".python-version").read_text().strip()
    assert f'version = "{version}"' in (INFRA / "main.tf").read_text()


def test_the_hub_has_a_name_that_both_engines_take() -> None:
    hub = json.loads((REPOSITORY / "host.json").read_text())["extensions"]["durableTask"]["hubName"]
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{2,44}", hub)
