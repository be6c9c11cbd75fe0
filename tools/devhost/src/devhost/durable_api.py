"""Durable's HTTP management API, for the links that durable clients hand out.

Paths, status codes and JSON follow the HTTP API reference of Durable Functions. Every request is one or two
calls of the engine's own service methods, made in process.
"""

import grpc

from devhost.durable_client import WEBHOOK_PATH
from devhost.durable_entities import EntityRequests
from devhost.durable_http import Query, refusal
from devhost.durable_instances import InstanceRequests
from devhost.inprocess import EngineError
from devhost.web import Request, Response

_HTTP_STATUS = {
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.ALREADY_EXISTS: 409,
    grpc.StatusCode.FAILED_PRECONDITION: 409,
}


class DurableApi:
    """Serves everything below WEBHOOK_PATH."""

    def __init__(self, instances: InstanceRequests, entities: EntityRequests, system_key: str) -> None:
        """``system_key`` is what a request must bring, as ``code`` or in x-functions-key."""
        self._instances = instances
        self._entities = entities
        self._system_key = system_key

    async def serve(self, request: Request) -> Response:
        """Answer one request."""
        if self._system_key not in (Query(request).text("code"), request.headers.get("x-functions-key")):
            return Response(401)
        path = request.path[len(WEBHOOK_PATH) :].strip("/")
        first, *rest = (part.replace("%2F", "/") for part in path.split("/"))
        try:
            match first.lower():
                case "orchestrators":
                    return await self._orchestrators(request, rest)
                case "instances":
                    return await self._of_instances(request, rest)
                case "entities":
                    return self._of_entities(request, rest)
        except ValueError as error:
            return refusal(400, str(error))
        except EngineError as error:
            return refusal(_HTTP_STATUS.get(error.code, 400), str(error))
        return Response(404)

    async def _orchestrators(self, request: Request, path: list[str]) -> Response:
        match request.method, path:
            case "POST", [name]:
                return await self._instances.start(request, name, "")
            case "POST", [name, instance_id]:
                return await self._instances.start(request, name, instance_id)
        return Response(404)

    async def _of_instances(self, request: Request, path: list[str]) -> Response:
        match request.method, path:
            case "GET", []:
                return self._instances.list(request)
            case "DELETE", []:
                return self._instances.purge_many(request)
            case "GET", [instance_id]:
                return self._instances.status(request, instance_id)
            case "DELETE", [instance_id]:
                return self._instances.purge(instance_id)
            case "POST", [instance_id, operation, name] if operation.lower() == "raiseevent":
                return self._instances.raise_event(request, instance_id, name)
            case "POST", [instance_id, operation]:
                return await self._steer(request, instance_id, operation.lower())
        return Response(404)

    async def _steer(self, request: Request, instance_id: str, operation: str) -> Response:
        match operation:
            case "terminate":
                return self._instances.terminate(request, instance_id)
            case "suspend":
                return self._instances.suspend(request, instance_id)
            case "resume":
                return self._instances.resume(request, instance_id)
            case "rewind":
                return self._instances.rewind(request, instance_id)
            case "restart":
                return await self._instances.restart(request, instance_id)
        return Response(404)

    def _of_entities(self, request: Request, path: list[str]) -> Response:
        match request.method, path:
            case "GET", []:
                return self._entities.list(request, "")
            case "GET", [name]:
                return self._entities.list(request, name)
            case "GET", [name, key]:
                return self._entities.read(name, key)
            case "POST" | "DELETE", [name, *key] if len(key) < 2:
                return self._entities.signal(request, name, "".join(key))
        return Response(404)
