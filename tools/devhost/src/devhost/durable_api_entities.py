"""The entities of the Durable HTTP API: read, signal and list."""

import json
import uuid
from typing import Any

from durabletask.internal import orchestrator_service_pb2 as pb

from devhost.durable_api_http import (
    CONTINUATION_TOKEN,
    Query,
    decode,
    error_response,
    json_body,
    page_response,
    raw_json_response,
)
from devhost.engine import Engine
from devhost.engine_context import InProcessContext
from devhost.http_messages import Request, Response

_EMPTY_KEY = "$"  # stands for the empty key in a path


class EntitiesApi:
    """Serves the paths below ``entities``."""

    def __init__(self, engine: Engine, names: set[str]) -> None:
        """``names`` are the names of the app's entity functions, in lower case."""
        self._engine = engine
        self._names = names
        self._context = InProcessContext()

    def read(self, name: str, key: str) -> Response:
        """Return the state of an entity."""
        entity_id = _entity_id(name, "" if key == _EMPTY_KEY else key)
        get = pb.GetEntityRequest(instanceId=entity_id, includeState=True)
        result = self._engine.GetEntity(get, self._context)
        if not result.exists:
            return error_response(404, f"entity {name!r} with key {key!r} not found")
        return raw_json_response(200, result.entity.serializedState.value or "null")

    def signal(self, request: Request, name: str, key: str) -> Response:
        """Signal the operation ``op``, or ``delete`` for a DELETE request, with the body as its input."""
        if "/" in key:
            return Response(404)
        body = _input_of(request) if request.body else None
        if name.lower() not in self._names:
            return error_response(400, f"this app has no entity function named {name!r}")
        operation = "delete" if request.method == "DELETE" else Query(request).text("op")
        signal = pb.SignalEntityRequest(
            instanceId=_entity_id(name, key), name=operation, requestId=str(uuid.uuid4())
        )
        if body is not None:
            signal.input.value = body
        self._engine.SignalEntity(signal, self._context)
        return Response(202)

    def list(self, request: Request, name: str) -> Response:
        """Return a page of the entities named ``name``, or of all entities if it is empty."""
        query = Query(request)
        with_state = query.flag("fetchState")
        entity_query = pb.EntityQuery(includeState=with_state)
        entity_query.instanceIdStartsWith.value = f"@{name.lower()}@" if name else "@"
        entity_query.pageSize.value = query.page_size()
        if (moment := query.time("lastOperationTimeFrom")) is not None:
            entity_query.lastModifiedFrom.FromDatetime(moment)
        if (moment := query.time("lastOperationTimeTo")) is not None:
            entity_query.lastModifiedTo.FromDatetime(moment)
        if token := request.headers.get(CONTINUATION_TOKEN):
            entity_query.continuationToken.value = token
        page = self._engine.QueryEntities(pb.QueryEntitiesRequest(query=entity_query), self._context)
        entities = [_to_json(entity, with_state=with_state) for entity in page.entities]
        return page_response(entities, page.continuationToken.value)


def _input_of(request: Request) -> str:
    """The body as JSON: unchanged if its content type is application/json, else as a JSON string."""
    if "application/json" in request.headers.get("content-type", ""):
        return json_body(request)
    return json.dumps(request.body.decode(errors="replace"))


def _entity_id(name: str, key: str) -> str:
    return f"@{name.lower()}@{key}"


def _to_json(entity: pb.EntityMetadata, *, with_state: bool) -> dict[str, Any]:
    _, name, key = entity.instanceId.split("@", 2)
    modified_at = entity.lastModifiedTime.ToDatetime()
    document: dict[str, Any] = {
        "entityId": {"name": name, "key": key},
        "lastOperationTime": modified_at.isoformat(timespec="microseconds") + "Z",
    }
    if with_state:
        document["state"] = decode(entity.serializedState.value)
    return document
