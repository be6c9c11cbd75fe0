"""Selecting the host that runs the app, and preparing the app for it."""

from pathlib import Path

import pytest

from tools.local import hosts
from tools.local.process import ServerError


def test_an_unknown_host_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "functions")
    with pytest.raises(ServerError, match="HOST must be devhost or func; got 'functions'"):
        hosts.selected()


@pytest.mark.parametrize("value", ["", "devhost"])
def test_devhost_is_the_default(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HOST", value)
    assert hosts.selected() == hosts.DEVHOST


def test_starting_azures_host_without_core_tools_raises_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match="Azure Functions Core Tools"):
        hosts.core_tools_process(tmp_path, tmp_path / "log", {})


def test_the_copy_of_the_app_has_the_published_files_and_the_local_settings(tmp_path: Path) -> None:
    (tmp_path / "app" / "left-over").mkdir(parents=True)
    copy = hosts.copy_app(tmp_path / "app")
    names = {path.name for path in copy.iterdir()}
    assert {"function_app.py", "host.json", "local.settings.json", "triggers"} <= names
    assert not names & {"tests", "tools", "left-over", ".git"}
