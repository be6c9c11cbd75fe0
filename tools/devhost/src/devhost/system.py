"""The host's own paths: the Durable HTTP API under its webhook, and the /admin answers that tools ask for."""

import asyncio
import json
import time
from typing import Any

from devhost.durable_api import DurableApi
from devhost.durable_client import WEBHOOK_PATH
from devhost.functions import HTTP, Function
from devhost.routes import Router
from devhost.timers import Timer
from devhost.web import Request, Response


class SystemPaths:
    """Answers the paths that belong to the host, and None for every other."""

    def __init__(
        self, durable_api: DurableApi, functions: list[Function], router: Router, timers: dict[str, Timer]
    ) -> None:
        self._durable_api = durable_api
        self._functions = {function.name.lower(): function for function in functions}
        self._templates = {route.function.name: route.template for route in router.routes}
        self._timers = timers
        self._started = time.monotonic()
        self._runs: set[asyncio.Task[None]] = set()  # the loop holds tasks only weakly

    async def __call__(self, request: Request) -> Response | None:
        """Answer one request."""
        path = request.path.rstrip("/").lower()
        if path.startswith(WEBHOOK_PATH + "/"):
            return await self._durable_api.serve(request)
        match request.method, path.split("/")[1:]:
            case _, ["admin", "host", "ping"]:
                return Response(200)
            case "GET", ["admin", "host", "status"]:
                uptime = round((time.monotonic() - self._started) * 1000)
                return _json(
                    200, {"id": "devhost", "state": "Running", "version": "4", "processUptime": uptime}
                )
            case "GET", ["admin", "functions"]:
                return _json(200, [self._shown(request, function) for function in self._functions.values()])
            case "GET", ["admin", "functions", name] if name in self._functions:
                return _json(200, self._shown(request, self._functions[name]))
            case "POST", ["admin", "functions", name] if name in self._functions:
                return self._run_now(name)
            case _, ["admin", *_]:
                return Response(404)
        return None

    def _run_now(self, name: str) -> Response:
        timer = self._timers.get(name)
        if timer is None:
            kind = self._functions[name].kind
            return _json(400, {"message": f"only timer functions can be run this way; this one has a {kind}"})
        run = asyncio.get_running_loop().create_task(timer.run())
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)
        return Response(202)

    def _shown(self, request: Request, function: Function) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "name": function.name,
            "href": f"{request.origin}/admin/functions/{function.name}",
            "language": "python",
            "isDisabled": function.disabled,
            "config": {"name": function.name, "bindings": [function.trigger, *function.clients]},
        }
        if function.kind == HTTP:
            shown["invoke_url_template"] = f"{request.origin}/{self._templates[function.name]}"
        return shown


def _json(status: int, body: Any) -> Response:
    return Response(status, json.dumps(body).encode(), [("content-type", "application/json")])
