"""Puts the parts together and runs them from start to a clean stop."""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, cast

import uvicorn

from devhost.app_settings import disabled_names, load_local_settings, use_values
from devhost.cors import Cors
from devhost.dispatcher import Dispatcher
from devhost.durable_api import DurableApi
from devhost.durable_client import WEBHOOK_PATH, client_configuration, required_query
from devhost.durable_entities import EntityRequests
from devhost.durable_instances import InstanceRequests
from devhost.engine import Engine
from devhost.errors import CannotRunError
from devhost.functions import HTTP, TIMER, Function
from devhost.listening import address_of
from devhost.log import configure_logging
from devhost.routes import Router
from devhost.settings import load_host_settings
from devhost.system import SystemPaths
from devhost.timers import Timer, timers_of
from devhost.web import HttpHost
from devhost.worker import Worker

_logger = logging.getLogger("devhost")

type Listen = Callable[[int], socket.socket]


async def run(app: Path, listen: "Listen", *, verbose: bool) -> None:
    """Serve the function app in ``app`` until SIGINT or SIGTERM; one that comes during the start cancels it.

    Raises CannotRunError when it cannot be started.
    """
    if not app.is_dir():
        raise CannotRunError(f"{app} is not a folder")
    local = load_local_settings(app)
    use_values(local)
    settings = load_host_settings(app)
    configure_logging(settings.log_level, verbose=verbose)
    _name_unknown("local.settings.json", local.unknown)
    _name_unknown("host.json", settings.unknown)
    listener = listen(local.port)
    base_url = address_of(listener)
    os.environ.setdefault("WEBSITE_HOSTNAME", base_url.removeprefix("http://"))
    loop = asyncio.get_running_loop()
    _stop_on_signal(cast(asyncio.Task[None], asyncio.current_task()).cancel)

    def after(seconds: float, callback: Callable[[], None]) -> None:
        loop.call_soon_threadsafe(loop.call_later, seconds, callback)

    engine = Engine(
        after,
        replace_running_instances=settings.replace_running_instances,
        default_version=settings.default_version,
    )
    engine_address = engine.start()
    system_key = secrets.token_urlsafe(24)

    def configuration(binding: dict[str, Any]) -> str:
        return client_configuration(
            binding,
            engine=engine_address,
            origin=base_url,
            task_hub=settings.task_hub,
            system_key=system_key,
            use_forwarded_host=settings.use_forwarded_host,
        )

    worker = Worker(configuration, settings.function_timeout)
    try:
        functions = await worker.start(app)
        names = {function.name.lower() for function in functions}
        _name_unknown("AzureWebJobs.<function>.Disabled", tuple(sorted(disabled_names() - names)))
        router = Router(functions, settings.route_prefix)
        dispatcher = Dispatcher(engine, worker, functions, settings)
        timers = timers_of(functions, worker)
        query = required_query(settings.task_hub, "Storage", system_key)
        durable_api = DurableApi(
            InstanceRequests(engine, query),
            EntityRequests(engine, dispatcher.entity_names),
            system_key,
        )
        http_host = HttpHost(
            worker, router, SystemPaths(durable_api, functions, router, timers), settings.custom_headers
        )
        server = _Server(Cors(http_host, local))
        _stop_on_signal(server.stop)
        dispatcher.start()
        _announce(functions, router, timers, base_url, f"{WEBHOOK_PATH}/instances?{query}")
        clocks = [
            loop.create_task(timer.keep_time()) for timer in timers.values() if not timer.function.disabled
        ]
        await server.serve(sockets=[listener])
        for clock in clocks:
            clock.cancel()
        dispatcher.stop()
    finally:
        worker.stop()
        engine.stop(0)


def _name_unknown(place: str, names: tuple[str, ...]) -> None:
    for name in names:
        _logger.warning("%s: %s is not known, here or in Azure, and does nothing", place, name)


def _stop_on_signal(stop: Callable[[], object]) -> None:
    """Call ``stop`` on Ctrl-C and on SIGTERM, instead of whatever was called before."""
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling, which would end the process with the signal, not status 0."""

    def __init__(self, application: Cors) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                loop="asyncio",
                http="httptools",
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
        """Answer what is being answered, for at most a second, then return from ``serve``."""
        # Requests that are cut off then are what was asked for, not errors to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
        self.should_exit = True


def _announce(
    functions: list[Function], router: Router, timers: dict[str, Timer], base_url: str, durable_path: str
) -> None:
    routes = {route.function.name: route for route in router.routes}
    lines = []
    for function in sorted(
        functions, key=lambda function: (function.kind != HTTP, function.kind, function.name)
    ):
        if function.kind == HTTP:
            route = routes[function.name]
            methods = ",".join(sorted(route.methods)) if route.methods else "any method"
            what = f"{methods} {base_url}/{route.template}"
        elif function.kind == TIMER:
            what = timers[function.name.lower()].schedule
        else:
            what = function.durable_name
        state = " (disabled)" if function.disabled else ""
        lines.append(f"  {function.name}: {function.kind} {what}{state}\n")
    sys.stdout.write(
        f"Functions:\n{''.join(lines)}durable instances at {base_url}{durable_path}\n"
        f"listening on {base_url}\n"
    )
    sys.stdout.flush()
