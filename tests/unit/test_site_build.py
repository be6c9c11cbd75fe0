import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tools.local import site


def test_processes_that_need_the_site_at_the_same_time_build_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/page.tsx").touch()
    for name, path in {"WEB": "", "EXPORTED": "out", "BUILD_LOCK": "lock"}.items():
        monkeypatch.setattr(site, name, tmp_path / path)
    monkeypatch.setattr(site, "is_installed", lambda: True)
    builds: list[str] = []
    second_build_started = Event()

    def run_node(script: Path, *arguments: str, output: Any) -> "subprocess.CompletedProcess[bytes]":
        if script == site.NEXT:
            builds.append("build")
            if len(builds) > 1:
                second_build_started.set()
            second_build_started.wait(0.5)
            site.EXPORTED.mkdir(exist_ok=True)
            (site.EXPORTED / "index.html").touch()
        return subprocess.CompletedProcess([script, *arguments], 0)

    monkeypatch.setattr(site, "_run_node", run_node)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(site.build, [tmp_path / "first.log", tmp_path / "second.log"]))
    assert builds == ["build"]
