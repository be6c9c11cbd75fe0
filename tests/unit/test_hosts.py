"""Which host the app is started on, and what is said where it cannot be."""

from pathlib import Path

import pytest

from tools.local import hosts
from tools.local.server import ServerError


def test_a_host_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "functions")
    with pytest.raises(ServerError, match="HOST is 'functions': it must be devhost or func"):
        hosts.chosen()


@pytest.mark.parametrize("value", ["", "devhost"])
def test_devhost_is_the_default(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HOST", value)
    assert hosts.chosen() == hosts.DEVHOST


def test_without_core_tools_azures_host_cannot_be_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match="Azure Functions Core Tools"):
        hosts.func_server(tmp_path, tmp_path / "log", {})


def test_the_copy_of_the_app_holds_what_is_published_and_the_local_settings(tmp_path: Path) -> None:
    (tmp_path / "app" / "left-over").mkdir(parents=True)
    copy = hosts.copy_app(tmp_path / "app")
    there = {path.name for path in copy.iterdir()}
    assert {"function_app.py", "host.json", "local.settings.json", "triggers"} <= there
    assert not there & {"tests", "devhost", "left-over", ".git"}
