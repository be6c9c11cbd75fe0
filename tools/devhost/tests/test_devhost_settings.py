"""The effects of host.json, local.settings.json and app settings."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devhost.app_settings import load_local_settings
from devhost.errors import CannotRunError
from devhost.host_json import load_host_settings
from tools.devhost.tests.host import DevhostProcess, startup_error

APP = """
import asyncio, os, time
import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)
canceled = False

@app.route(route="hello")
def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(os.environ["WEBSITE_HOSTNAME"], headers={"X-Own": "mine"})

@app.route(route="sleep/{seconds}")
def sleep(req: func.HttpRequest) -> func.HttpResponse:
    time.sleep(float(req.route_params["seconds"]))
    return func.HttpResponse("slept")

@app.route(route="wait/{seconds}")
async def wait(req: func.HttpRequest) -> func.HttpResponse:
    global canceled
    try:
        await asyncio.sleep(float(req.route_params["seconds"]))
    except asyncio.CancelledError:
        canceled = True
        raise
    return func.HttpResponse(f"waited, {canceled}")

@app.route(route="size", methods=["POST"])
def size(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(str(len(req.get_body())))

@app.route(route="client", methods=["POST"])
@app.durable_client_input(client_name="client", task_hub="%HUB%")
async def client(req: func.HttpRequest, client: df.DurableFunctionsClient) -> func.HttpResponse:
    instance_id = await client.schedule_new_orchestration("call_slow")
    return client.create_check_status_response(req, instance_id)

@app.orchestration_trigger(context_name="context")
def call_slow(ctx, _):
    return (yield ctx.call_activity("slow"))

@app.activity_trigger(input_name="x")
def slow(x) -> str:
    time.sleep(3)
    return "slow"

@app.timer_trigger(arg_name="timer", schedule="* * * * * *", run_on_startup=True)
def tick(timer: func.TimerRequest) -> None:
    print("tick", flush=True)
"""
QUEUE = """
@app.queue_trigger(arg_name="message", queue_name="q", connection="AzureWebJobsStorage")
def from_queue(message: func.QueueMessage) -> None: ...
"""


def write_app(folder: Path, host: Any = None, local: Any = None, code: str = APP) -> Path:
    (folder / "function_app.py").write_text(code)
    (folder / "host.json").write_text(json.dumps({"version": "2.0", **(host or {})}))
    settings = {"IsEncrypted": False, "Values": {"HUB": "MyHub"}}
    (folder / "local.settings.json").write_text(json.dumps({**settings, **(local or {})}))
    return folder


def values(**settings: str) -> dict[str, Any]:
    return {"Values": {"HUB": "MyHub", **settings}}


def test_an_invocation_that_exceeds_the_timeout_fails_and_the_host_continues(tmp_path: Path) -> None:
    app = write_app(tmp_path, {"functionTimeout": "00:00:01"})
    with DevhostProcess(app) as host:
        started_at = time.monotonic()
        assert host.request("GET", "/api/sleep/3").status_code == 500
        assert host.request("GET", "/api/wait/30").status_code == 500
        assert time.monotonic() - started_at < 4
        status = host.run("/api/client")
        assert status["runtimeStatus"] == "Failed"
        assert "functionTimeout, 0:00:01" in status["output"]
        assert host.log().count("FunctionTimeoutException: the invocation exceeded") >= 3
        assert host.request("GET", "/api/wait/0.01").text == "waited, True"


@pytest.mark.parametrize("timeout", ["soon", "00:00:00.5", "0", "10"])
def test_an_invalid_function_timeout_is_rejected(tmp_path: Path, timeout: str) -> None:
    with pytest.raises(CannotRunError, match="functionTimeout must be hh:mm:ss"):
        load_host_settings(write_app(tmp_path, {"functionTimeout": timeout}))


@pytest.mark.parametrize(
    ("timeout", "seconds"),
    [(None, 1800), ("00:10:00", 600), ("1.00:00:01.5", 86401.5), ("-1", None)],
)
def test_a_function_timeout_has_the_format_of_dotnet(
    tmp_path: Path, timeout: str | None, seconds: float | None
) -> None:
    host = {} if timeout is None else {"functionTimeout": timeout}
    assert load_host_settings(write_app(tmp_path, host)).function_timeout == seconds


def test_disabled_functions_do_not_run(tmp_path: Path) -> None:
    disabled_settings = {
        "AzureWebJobs.hello.Disabled": "true",
        "AzureWebJobs__SLOW__Disabled": "1",
        "AzureWebJobs.tick.Disabled": "True",
        "AzureWebJobs.from_queue.Disabled": "true",
        "AzureWebJobs.size.Disabled": "false",
        "AzureWebJobs.nobody.Disabled": "true",
    }
    with DevhostProcess(write_app(tmp_path, local=values(**disabled_settings), code=APP + QUEUE)) as host:
        assert "  from_queue: queueTrigger from_queue (disabled)\n" in host.startup_output
        assert host.request("GET", "/api/hello").status_code == 404
        assert host.request("POST", "/api/size", data="x").status_code == 200
        functions = host.request("GET", "/admin/functions").json()
        disabled = [function["name"] for function in functions if function["isDisabled"]]
        assert disabled == ["hello", "slow", "tick", "from_queue"]
        status = host.run("/api/client")
        assert status["runtimeStatus"] == "Failed"
        assert "'slow'" in status["output"]
        assert "AzureWebJobs.<function>.Disabled: nobody is unknown" in host.log()
        time.sleep(1.1)
        host.stop()
        assert host.process.stdout is not None
        assert "tick" not in host.process.stdout.read()


def test_the_error_for_an_unsupported_function_says_how_to_disable_it(tmp_path: Path) -> None:
    line = startup_error(write_app(tmp_path, code=APP + QUEUE))
    assert "AzureWebJobs.from_queue.Disabled=true" in line


def test_an_app_for_another_language_is_rejected(tmp_path: Path) -> None:
    line = startup_error(write_app(tmp_path, local=values(FUNCTIONS_WORKER_RUNTIME="node")))
    assert "FUNCTIONS_WORKER_RUNTIME is 'node'" in line


@pytest.fixture(scope="module")
def customized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevhostProcess]:
    """A host with many settings that are independent of each other."""
    http = {
        "RoutePrefix": "theirs",
        "customHeaders": {"X-Frame-Options": "DENY", "X-Own": "theirs"},
        "prefix": 1,
    }
    host_json = {"Extensions": {"HTTP": http, "durableTask": {"hubName": "%HUB%"}}, "loging": {}}
    local = {
        **values(
            AzureFunctionsJobHost__extensions__http__routePrefix="mine/v1",
            FUNCTIONS_REQUEST_BODY_SIZE_LIMIT="1000",
        ),
        "Host": {"LocalHttpPort": 99999, "Port": 1},
        "ConectionStrings": {},
    }
    app = write_app(tmp_path_factory.mktemp("customized"), host_json, local)
    with DevhostProcess(app, "--port", "0") as host:
        yield host


def test_app_settings_override_host_json(customized: DevhostProcess) -> None:
    assert customized.request("GET", "/mine/v1/hello").status_code == 200
    assert customized.request("GET", "/theirs/hello").status_code == 404


def test_host_json_ignores_case(tmp_path: Path) -> None:
    settings = load_host_settings(write_app(tmp_path, {"Extensions": {"HTTP": {"RoutePrefix": "theirs"}}}))
    assert settings.route_prefix == "theirs"


def test_custom_headers_are_added_unless_the_function_sets_them(customized: DevhostProcess) -> None:
    response = customized.request("GET", "/mine/v1/hello")
    assert (response.headers["x-frame-options"], response.headers["x-own"]) == ("DENY", "mine")
    assert customized.request("GET", "/nowhere").headers["x-frame-options"] == "DENY"


def test_an_app_setting_limits_the_size_of_request_bodies(customized: DevhostProcess) -> None:
    assert customized.request("POST", "/mine/v1/size", data=bytes(1000)).text == "1000"
    assert customized.request("POST", "/mine/v1/size", data=bytes(1001)).status_code == 500


def test_the_app_gets_its_host_name(customized: DevhostProcess) -> None:
    assert f"http://{customized.request('GET', '/mine/v1/hello').text}" == customized.url


def test_settings_in_percent_signs_are_resolved(customized: DevhostProcess) -> None:
    assert "taskHub=MyHub&" in customized.startup_output
    assert "taskHub=MyHub&" in customized.request("POST", "/mine/v1/client").headers["location"]


def test_a_missing_setting_is_rejected_with_its_name_and_source(tmp_path: Path) -> None:
    line = startup_error(write_app(tmp_path, local={"Values": {}}))
    assert "function client: task_hub: the app setting 'HUB' is missing" in line
    with pytest.raises(CannotRunError, match=r"host\.json: hubName: the app setting 'TaskHub' is missing"):
        load_host_settings(write_app(tmp_path, {"extensions": {"durableTask": {"hubName": "%TaskHub%"}}}))


def test_unknown_settings_are_logged(customized: DevhostProcess) -> None:
    log = customized.log()
    for name in (
        "host.json: loging",
        "host.json: extensions.http.prefix",
        "local.settings.json: ConectionStrings",
        "local.settings.json: Host.Port",
    ):
        assert f"{name} is unknown" in log
    assert "RoutePrefix" not in log


def test_local_settings_set_the_default_port(tmp_path: Path) -> None:
    app = write_app(tmp_path, local={"Host": {"LocalHttpPort": 99999}})
    assert "cannot listen on 127.0.0.1:99999" in startup_error(app, "--host", "127.0.0.1")
    write_app(tmp_path, local={"Host": {"LocalHttpPort": "a lot"}})
    with pytest.raises(CannotRunError, match=r"Host\.LocalHttpPort must be a port number"):
        load_local_settings(app)
