"""The /admin paths of a running host."""

from tools.devhost.tests.host import Host, devhost_only


def test_the_admin_paths_describe_the_host_and_its_functions(native: Host) -> None:
    assert native.request("GET", "/admin/host/ping").status_code == 200
    assert native.request("GET", "/admin/host/status").json()["state"] == "Running"
    functions = {function["name"]: function for function in native.request("GET", "/admin/functions").json()}
    assert functions["start"]["invoke_url_template"].endswith("/api/start/{name}/{id?}")
    assert functions["double"]["config"]["bindings"][0]["type"] == "activityTrigger"
    function = native.request("GET", "/admin/functions/double").json()
    assert function["config"]["bindings"] == functions["double"]["config"]["bindings"]
    assert native.request("GET", "/admin/functions/nobody").status_code == 404
    assert native.request("POST", "/admin/functions/nobody", json={}).status_code == 404


@devhost_only("POST /admin/functions/{name} runs only timers")
def test_the_admin_path_of_a_function_runs_only_timers(native: Host) -> None:
    assert native.request("POST", "/admin/functions/double", json={}).status_code == 400
