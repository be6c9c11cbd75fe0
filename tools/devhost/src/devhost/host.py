"""Connects the parts of the host and runs them from startup to a clean stop."""

import asyncio
import contextlib
import ipaddress
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import cast

import uvicorn

from devhost.admin_api import AdminApi
from devhost.app_settings import LocalSettings, disabled_names, export_values, load_local_settings
from devhost.cors import Cors
from devhost.dispatcher import Dispatcher
from devhost.durable_api import DurableApi
from devhost.durable_api_entities import EntitiesApi
from devhost.durable_api_instances import InstancesApi
from devhost.durable_client_binding import WEBHOOK_PATH, DurableClientBinding
from devhost.engine import Engine
from devhost.errors import CannotRunError
from devhost.functions import HTTP, TIMER, Function
from devhost.host_json import HostSettings, load_host_settings
from devhost.http_app import HttpApp
from devhost.log import configure_logging
from devhost.request_guard import LimitedProtocol, RequestGuard
from devhost.routes import Router
from devhost.sockets import url_of
from devhost.timers import Timer, create_timers
from devhost.worker import Worker

_logger = logging.getLogger("devhost")

type OpenSocket = Callable[[int], socket.socket]


async def run(app: Path, open_socket: OpenSocket, *, verbose: bool) -> None:
    """Serve the function app in the folder ``app`` until SIGINT or SIGTERM.

    ``open_socket`` receives the default port and returns the socket to listen on. A signal during startup
    cancels this coroutine. Raises CannotRunError if the app cannot be started.
    """
    if not app.is_dir():
        raise CannotRunError(f"{app} is not a folder; set --app to the folder that contains host.json")
    local_settings = load_local_settings(app)
    export_values(local_settings)
    settings = load_host_settings(app)
    configure_logging(settings.log_level, verbose=verbose)
    _warn_of_unknown("local.settings.json", local_settings.unknown)
    _warn_of_unknown("host.json", settings.unknown)
    listener = open_socket(local_settings.port)
    url = url_of(listener)
    os.environ.setdefault("WEBSITE_HOSTNAME", url.removeprefix("http://"))
    _on_stop_signal(cast(asyncio.Task[None], asyncio.current_task()).cancel)

    engine = _create_engine(settings)
    client_binding = DurableClientBinding(
        engine_address=engine.start(),
        origin=url,
        task_hub=settings.task_hub,
        system_key=secrets.token_urlsafe(24),
        use_forwarded_host=settings.use_forwarded_host,
    )
    worker = Worker(client_binding.value_for, settings.function_timeout)
    try:
        functions = await worker.start(app)
        await _serve(listener, engine, worker, functions, client_binding, settings, local_settings)
    finally:
        worker.stop()
        engine.stop(0)


def _create_engine(settings: HostSettings) -> Engine:
    loop = asyncio.get_running_loop()

    def call_later(seconds: float, callback: Callable[[], None]) -> None:
        loop.call_soon_threadsafe(loop.call_later, seconds, callback)

    return Engine(
        call_later,
        replace_running_instances=settings.replace_running_instances,
        default_version=settings.default_version,
    )


async def _serve(
    listener: socket.socket,
    engine: Engine,
    worker: Worker,
    functions: list[Function],
    client_binding: DurableClientBinding,
    settings: HostSettings,
    local_settings: LocalSettings,
) -> None:
    unknown = disabled_names() - {function.name.lower() for function in functions}
    _warn_of_unknown("AzureWebJobs.<function>.Disabled", tuple(sorted(unknown)))
    router = Router(functions, settings.route_prefix)
    dispatcher = Dispatcher(engine, worker, functions, settings)
    timers = create_timers(functions, worker)
    query = client_binding.default_query
    durable_api = DurableApi(
        InstancesApi(engine, query), EntitiesApi(engine, dispatcher.entity_names), client_binding.system_key
    )
    admin_api = AdminApi(functions, router, timers)
    http_app = HttpApp(worker, router, [durable_api.serve, admin_api.serve], settings.custom_headers)
    loopback_only = ipaddress.ip_address(listener.getsockname()[0]).is_loopback
    server = _Server(RequestGuard(Cors(http_app, local_settings), loopback_only=loopback_only))
    _on_stop_signal(server.stop)
    dispatcher.start()
    url = client_binding.origin
    _print_startup(functions, router, timers, url, f"{url}{WEBHOOK_PATH}/instances?{query}")
    timer_tasks = [
        asyncio.create_task(timer.run_on_schedule())
        for timer in timers.values()
        if not timer.function.disabled
    ]
    await server.serve(sockets=[listener])
    for task in timer_tasks:
        task.cancel()
    dispatcher.stop()


def _warn_of_unknown(source: str, names: tuple[str, ...]) -> None:
    for name in names:
        _logger.warning("%s: %s is unknown to devhost and to Azure and has no effect", source, name)


def _on_stop_signal(stop: Callable[[], object]) -> None:
    """Call ``stop`` on SIGINT and SIGTERM, replacing the previous handler."""
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


class _Server(uvicorn.Server):
    """uvicorn without its signal handling, which would end the process by the signal, not with status 0."""

    def __init__(self, application: RequestGuard) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                loop="asyncio",
                http=LimitedProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    def stop(self) -> None:
        """Finish open requests within one second, then return from ``serve``."""
        # Cutting off the remaining requests is intended here, so uvicorn must not log it as an error.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
        self.should_exit = True


def _print_startup(
    functions: list[Function], router: Router, timers: dict[str, Timer], url: str, instances_url: str
) -> None:
    """Print the functions and the host's addresses to stdout."""
    routes = {route.function.name: route for route in router.routes}
    lines = []
    for function in sorted(
        functions, key=lambda function: (function.kind != HTTP, function.kind, function.name)
    ):
        if function.kind == HTTP:
            route = routes[function.name]
            methods = ",".join(sorted(route.methods)) if route.methods else "any method"
            details = f"{methods} {url}/{route.template}"
        elif function.kind == TIMER:
            details = timers[function.name.lower()].schedule
        else:
            details = function.durable_name
        state = " (disabled)" if function.disabled else ""
        lines.append(f"  {function.name}: {function.kind} {details}{state}\n")
    sys.stdout.write(
        f"Functions:\n{''.join(lines)}durable instances at {instances_url}\nlistening on {url}\n"
    )
    sys.stdout.flush()
