"""Features of HTTP triggers: methods, bodies, cookies, contexts, sync and async functions."""

import asyncio
import json
import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


def _json(body: Any) -> func.HttpResponse:
    return func.HttpResponse(json.dumps(body), mimetype="application/json")


@app.route(route="echo", methods=["GET", "POST", "PUT"])
def echo(req: func.HttpRequest) -> func.HttpResponse:
    """Returns the request as JSON."""
    return _json(
        {
            "method": req.method,
            "url": req.url,
            "query": dict(req.params),
            "headers": dict(req.headers),
            "body": list(req.get_body()),
        }
    )


@app.route()
def without_route(req: func.HttpRequest) -> func.HttpResponse:
    """Has the function's name as its route, and accepts any method."""
    return func.HttpResponse(req.method)


@app.route(route="binary", methods=["POST"])
def binary(req: func.HttpRequest) -> func.HttpResponse:
    """Returns the body in reverse."""
    return func.HttpResponse(req.get_body()[::-1], mimetype="application/octet-stream", status_code=201)


@app.route(route="size", methods=["POST"])
def size(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(str(len(req.get_body())))


@app.route(route="cookies")
def cookies(req: func.HttpRequest) -> func.HttpResponse:
    response = func.HttpResponse("three cookies")
    response.headers.add("Set-Cookie", "first=1; Path=/; HttpOnly; SameSite=Lax")
    response.headers.add("Set-Cookie", "second=2; Max-Age=60; Secure")
    expires = "Wed, 21 Oct 2026 07:28:00 GMT"
    response.headers.add("Set-Cookie", f'third="a= b"; Domain=example.com; Expires={expires}; SameSite=None')
    return response


@app.route(route="status/{code:int}")
def status(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(status_code=int(req.route_params["code"]), headers={"X-Made-By": "status"})


@app.route(route="probe", methods=["GET", "HEAD"])
def probe(req: func.HttpRequest) -> func.HttpResponse:
    length = req.params.get("length")
    return func.HttpResponse("a body", headers={"Content-Length": length} if length else None)


@app.route(route="text")
def text(req: func.HttpRequest) -> str:
    return "just text"


@app.generic_trigger(arg_name="req", type="httpTrigger", route="output", authLevel="anonymous")
@app.generic_output_binding(arg_name="response", type="http")
def output(req: func.HttpRequest, response: func.Out[func.HttpResponse]) -> None:
    """Responds through an output binding, or not at all."""
    if req.params.get("response"):
        response.set(func.HttpResponse("by an output binding", status_code=203))


@app.route(route="boom")
def boom(req: func.HttpRequest) -> func.HttpResponse:
    raise LookupError("the cupboard is bare")


@app.route(route="context")
async def context_of(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    return _json(
        {
            "function": context.function_name,
            "directory": context.function_directory,
            "invocation": context.invocation_id,
            "traceparent": context.trace_context.trace_parent,
        }
    )


@app.route(route="where")
def where(req: func.HttpRequest) -> func.HttpResponse:
    """Returns the working directory and two settings."""
    return _json(
        {"cwd": str(Path.cwd()), **{name: os.environ.get(name) for name in ("GREETING", "OVERRIDDEN")}}
    )


@app.route(route="log")
def log(req: func.HttpRequest) -> func.HttpResponse:
    logging.info("logged by the app at info")
    logging.getLogger("app").debug("logged by the app at debug")
    return func.HttpResponse("logged")


@app.route(route="async-log")
async def async_log(req: func.HttpRequest) -> func.HttpResponse:
    await asyncio.sleep(0)
    logging.info("logged by the app at info")
    return func.HttpResponse("logged")


@app.route(route="sync/{seconds}")
def sync_sleep(req: func.HttpRequest) -> func.HttpResponse:
    time.sleep(float(req.route_params["seconds"]))
    return func.HttpResponse(threading.current_thread().name)


@app.route(route="async/{seconds}")
async def async_sleep(req: func.HttpRequest) -> func.HttpResponse:
    await asyncio.sleep(float(req.route_params["seconds"]))
    return func.HttpResponse(threading.current_thread().name)


@app.route(route="block/{seconds}")
async def block(req: func.HttpRequest) -> func.HttpResponse:
    """Blocks the worker's loop, as an async function should not."""
    time.sleep(float(req.route_params["seconds"]))
    return func.HttpResponse("unblocked")
