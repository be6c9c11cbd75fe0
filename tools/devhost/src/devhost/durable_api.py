"""The Durable HTTP API, to which the links of durable clients point.

Paths, status codes and JSON follow the HTTP API reference of Durable Functions. Each request makes one or two
calls of the engine's service methods in this process.
"""

import grpc

from devhost.durable_api_entities import EntitiesApi
from devhost.durable_api_http import Query, error_response
from devhost.durable_api_instances import InstancesApi
from devhost.durable_client_binding import WEBHOOK_PATH
from devhost.engine_context import EngineError
from devhost.http_messages import Request, Response

_HTTP_STATUS = {
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.ALREADY_EXISTS: 409,
    grpc.StatusCode.FAILED_PRECONDITION: 409,
}


class DurableApi:
    """Serves the paths below WEBHOOK_PATH."""

    def __init__(self, instances: InstancesApi, entities: EntitiesApi, system_key: str) -> None:
        """Requests must have ``system_key`` as ``code`` in the query or in the x-functions-key header."""
        self._instances = instances
        self._entities = entities
        self._system_key = system_key

    async def serve(self, request: Request) -> Response | None:
        """Serve one request; None if the path is not below WEBHOOK_PATH."""
        if not request.path.rstrip("/").lower().startswith(WEBHOOK_PATH + "/"):
            return None
        if self._system_key not in (Query(request).text("code"), request.headers.get("x-functions-key")):
            return Response(401)
        path = request.path[len(WEBHOOK_PATH) :].strip("/")
        resource, *segments = (segment.replace("%2F", "/") for segment in path.split("/"))
        try:
            match resource.lower():
                case "orchestrators":
                    return await self._serve_orchestrators(request, segments)
                case "instances":
                    return await self._serve_instances(request, segments)
                case "entities":
                    return self._serve_entities(request, segments)
        except ValueError as error:
            return error_response(400, str(error))
        except EngineError as error:
            return error_response(_HTTP_STATUS.get(error.code, 400), str(error))
        return Response(404)

    async def _serve_orchestrators(self, request: Request, segments: list[str]) -> Response:
        match request.method, segments:
            case "POST", [name]:
                return await self._instances.start(request, name, "")
            case "POST", [name, instance_id]:
                return await self._instances.start(request, name, instance_id)
        return Response(404)

    async def _serve_instances(self, request: Request, segments: list[str]) -> Response:
        match request.method, segments:
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
                return await self._control_instance(request, instance_id, operation.lower())
        return Response(404)

    async def _control_instance(self, request: Request, instance_id: str, operation: str) -> Response:
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

    def _serve_entities(self, request: Request, segments: list[str]) -> Response:
        match request.method, segments:
            case "GET", []:
                return self._entities.list(request, "")
            case "GET", [name]:
                return self._entities.list(request, name)
            case "GET", [name, key]:
                return self._entities.read(name, key)
            case "POST" | "DELETE", [name, *key] if len(key) < 2:
                return self._entities.signal(request, name, "".join(key))
        return Response(404)
