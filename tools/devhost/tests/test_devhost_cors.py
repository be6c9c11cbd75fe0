"""CORS, as configured in local.settings.json, on a running host."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.devhost.tests.host import APPS, Host, host_for, startup_error

PREFLIGHT = {
    "Origin": "http://localhost:3000",
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": "content-type,x-other",
}
ALLOWED_ORIGIN = {"Origin": "http://localhost:3000"}
OTHER_ORIGIN = {"Origin": "http://example.com"}


def app_with(folder: Path, **host: Any) -> Path:
    app = APPS / "http_features"
    (folder / "host.json").write_text((app / "host.json").read_text())
    (folder / "function_app.py").write_text((app / "function_app.py").read_text())
    (folder / "local.settings.json").write_text(json.dumps({"Host": host}))
    return folder


@contextmanager
def running(folder: Path, **host: Any) -> Iterator[Host]:
    with host_for(app_with(folder, **host)) as process:
        yield process


def cors_headers(response: Any) -> dict[str, str]:
    prefix = "access-control-"
    return {
        name.lower().removeprefix(prefix): value
        for name, value in response.headers.items()
        if name.lower().startswith(prefix)
    }


def test_an_allowed_origin_gets_the_cors_headers(tmp_path: Path) -> None:
    with running(tmp_path, CORS="http://localhost:3000", CORSCredentials=True) as host:
        preflight = host.request("OPTIONS", "/api/echo", headers=PREFLIGHT)
        assert (preflight.status_code, preflight.content) == (204, b"")
        assert cors_headers(preflight) == {
            "allow-origin": "http://localhost:3000",
            "allow-credentials": "true",
            "allow-methods": "PUT",
            "allow-headers": "content-type,x-other",
        }
        for path, status in (("/api/echo", 200), ("/api/nowhere", 404), ("/api/boom", 500)):
            response = host.request("GET", path, headers=ALLOWED_ORIGIN)
            assert response.status_code == status
            assert cors_headers(response) == {
                "allow-origin": "http://localhost:3000",
                "allow-credentials": "true",
            }
        assert "vary" not in response.headers


def test_another_origin_gets_no_cors_headers(tmp_path: Path) -> None:
    with running(tmp_path, CORS="http://localhost:3000,http://localhost:4000") as host:
        preflight = host.request("OPTIONS", "/api/echo", headers={**PREFLIGHT, **OTHER_ORIGIN})
        assert (preflight.status_code, cors_headers(preflight)) == (204, {})
        response = host.request("GET", "/api/echo", headers=OTHER_ORIGIN)
        assert (response.status_code, cors_headers(response)) == (200, {})
        second = host.request("GET", "/api/echo", headers={"Origin": "http://localhost:4000"})
        assert cors_headers(second) == {"allow-origin": "http://localhost:4000"}
        assert second.headers["vary"] == "Origin"
        assert cors_headers(host.request("GET", "/api/echo")) == {}


def test_any_origin_can_be_allowed_but_not_with_credentials(tmp_path: Path) -> None:
    with running(tmp_path, CORS="*") as host:
        assert cors_headers(host.request("GET", "/api/echo", headers=OTHER_ORIGIN)) == {"allow-origin": "*"}
        # An OPTIONS request that is not a preflight request reaches the function.
        assert host.request("OPTIONS", "/api/without_route", headers=ALLOWED_ORIGIN).text == "OPTIONS"
        assert host.request("OPTIONS", "/api/without_route").text == "OPTIONS"
    assert "Host.CORS cannot be *" in startup_error(app_with(tmp_path, CORS="*", CORSCredentials=True))


def test_without_the_setting_a_preflight_request_is_an_ordinary_request(tmp_path: Path) -> None:
    with running(tmp_path) as host:
        assert host.request("OPTIONS", "/api/echo", headers=PREFLIGHT).status_code == 404
        response = host.request("OPTIONS", "/api/without_route", headers=PREFLIGHT)
        assert (response.text, cors_headers(response)) == ("OPTIONS", {})
