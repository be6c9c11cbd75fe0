"""The host's ``/admin`` paths: its status, its functions, and running a timer now."""

import asyncio
import json
import time
from typing import Any

from devhost.functions import HTTP, Function
from devhost.http_messages import Request, Response
from devhost.routes import Router
from devhost.timers import Timer


class AdminApi:
    """Serves the paths below ``/admin``."""

    def __init__(self, functions: list[Function], router: Router, timers: dict[str, Timer]) -> None:
        self._functions = {function.name.lower(): function for function in functions}
        self._templates = {route.function.name: route.template for route in router.routes}
        self._timers = timers
        self._started_at = time.monotonic()
        self._runs: set[asyncio.Task[None]] = set()  # the event loop holds only weak references to tasks

    async def serve(self, request: Request) -> Response | None:
        """Serve one request; None if the path is not below ``/admin``."""
        path = request.path.rstrip("/").lower()
        match request.method, path.split("/")[1:]:
            case _, ["admin", "host", "ping"]:
                return Response(200)
            case "GET", ["admin", "host", "status"]:
                uptime = round((time.monotonic() - self._started_at) * 1000)
                return _json_response(
                    200, {"id": "devhost", "state": "Running", "version": "4", "processUptime": uptime}
                )
            case "GET", ["admin", "functions"]:
                functions = self._functions.values()
                return _json_response(200, [self._to_json(request, function) for function in functions])
            case "GET", ["admin", "functions", name] if name in self._functions:
                return _json_response(200, self._to_json(request, self._functions[name]))
            case "POST", ["admin", "functions", name] if name in self._functions:
                return self._run_now(name)
            case _, ["admin", *_]:
                return Response(404)
        return None

    def _run_now(self, name: str) -> Response:
        timer = self._timers.get(name)
        if timer is None:
            kind = self._functions[name].kind
            return _json_response(
                400, {"message": f"Only timer functions can be run this way; this function has a {kind}."}
            )
        run = asyncio.get_running_loop().create_task(timer.run_now())
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)
        return Response(202)

    def _to_json(self, request: Request, function: Function) -> dict[str, Any]:
        document: dict[str, Any] = {
            "name": function.name,
            "href": f"{request.origin}/admin/functions/{function.name}",
            "language": "python",
            "isDisabled": function.disabled,
            "config": {"name": function.name, "bindings": [function.trigger, *function.clients]},
        }
        if function.kind == HTTP:
            document["invoke_url_template"] = f"{request.origin}/{self._templates[function.name]}"
        return document


def _json_response(status: int, body: Any) -> Response:
    return Response(status, json.dumps(body).encode(), [("content-type", "application/json")])
