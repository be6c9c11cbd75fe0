"""Requests from pages of other origins, as local.settings.json allows them, on a real devhost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.devhost.tests.devhost_process import APPS, Host, host_of, start_and_fail

PREFLIGHT = {
    "Origin": "http://localhost:3000",
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": "content-type,x-other",
}
PAGE = {"Origin": "http://localhost:3000"}
STRANGER = {"Origin": "http://example.com"}


def app_with(folder: Path, **host: Any) -> Path:
    app = APPS / "http_features"
    (folder / "host.json").write_text((app / "host.json").read_text())
    (folder / "function_app.py").write_text((app / "function_app.py").read_text())
    (folder / "local.settings.json").write_text(json.dumps({"Host": host}))
    return folder


@contextmanager
def running(folder: Path, **host: Any) -> Iterator[Host]:
    with host_of(app_with(folder, **host)) as process:
        yield process


def allowed_by(answer: Any) -> dict[str, str]:
    prefix = "access-control-"
    return {
        name.lower().removeprefix(prefix): value
        for name, value in answer.headers.items()
        if name.lower().startswith(prefix)
    }


def test_an_allowed_origin_is_told_so(tmp_path: Path) -> None:
    with running(tmp_path, CORS="http://localhost:3000", CORSCredentials=True) as host:
        preflight = host.call("OPTIONS", "/api/echo", headers=PREFLIGHT)
        assert (preflight.status_code, preflight.content) == (204, b"")
        assert allowed_by(preflight) == {
            "allow-origin": "http://localhost:3000",
            "allow-credentials": "true",
            "allow-methods": "PUT",
            "allow-headers": "content-type,x-other",
        }
        for path, status in (("/api/echo", 200), ("/api/nowhere", 404), ("/api/boom", 500)):
            answer = host.call("GET", path, headers=PAGE)
            assert answer.status_code == status
            assert allowed_by(answer) == {
                "allow-origin": "http://localhost:3000",
                "allow-credentials": "true",
            }
        assert "vary" not in answer.headers


def test_another_origin_is_told_nothing(tmp_path: Path) -> None:
    with running(tmp_path, CORS="http://localhost:3000,http://localhost:4000") as host:
        preflight = host.call("OPTIONS", "/api/echo", headers={**PREFLIGHT, **STRANGER})
        assert (preflight.status_code, allowed_by(preflight)) == (204, {})
        answer = host.call("GET", "/api/echo", headers=STRANGER)
        assert (answer.status_code, allowed_by(answer)) == (200, {})
        second = host.call("GET", "/api/echo", headers={"Origin": "http://localhost:4000"})
        assert allowed_by(second) == {"allow-origin": "http://localhost:4000"}
        assert second.headers["vary"] == "Origin"
        assert allowed_by(host.call("GET", "/api/echo")) == {}


def test_every_origin_can_be_allowed_but_not_with_credentials(tmp_path: Path) -> None:
    with running(tmp_path, CORS="*") as host:
        assert allowed_by(host.call("GET", "/api/echo", headers=STRANGER)) == {"allow-origin": "*"}
        # OPTIONS requests that are no preflight reach the function.
        assert host.call("OPTIONS", "/api/without_route", headers=PAGE).text == "OPTIONS"
        assert host.call("OPTIONS", "/api/without_route").text == "OPTIONS"
    assert "Host.CORS cannot be *" in start_and_fail(app_with(tmp_path, CORS="*", CORSCredentials=True))


def test_without_the_setting_a_preflight_is_a_request_like_any_other(tmp_path: Path) -> None:
    with running(tmp_path) as host:
        assert host.call("OPTIONS", "/api/echo", headers=PREFLIGHT).status_code == 404
        answer = host.call("OPTIONS", "/api/without_route", headers=PREFLIGHT)
        assert (answer.text, allowed_by(answer)) == ("OPTIONS", {})
