"""The entities' part of Durable's HTTP management API: read one, signal one, list them."""

import json
import uuid
from typing import Any

from durabletask.internal import orchestrator_service_pb2 as pb

from devhost.durable_http import (
    CONTINUATION_TOKEN,
    Query,
    json_body,
    page_answer,
    parsed,
    raw_json_answer,
    refusal,
)
from devhost.engine import Engine
from devhost.inprocess import InProcess
from devhost.web import Request, Response

_EMPTY_KEY = "$"  # how a path says the key ""


class EntityRequests:
    """Serves what is below ``entities``."""

    def __init__(self, engine: Engine, names: set[str]) -> None:
        """``names`` are the lower-cased names of the app's entity functions."""
        self._engine = engine
        self._names = names
        self._context = InProcess()

    def read(self, name: str, key: str) -> Response:
        """Answer the state of one entity."""
        wanted = pb.GetEntityRequest(
            instanceId=_entity_id(name, "" if key == _EMPTY_KEY else key), includeState=True
        )
        answer = self._engine.GetEntity(wanted, self._context)
        if not answer.exists:
            return refusal(404, f"no entity {name!r} has the key {key!r}")
        return raw_json_answer(200, answer.entity.serializedState.value or "null")

    def signal(self, request: Request, name: str, key: str) -> Response:
        """Send one operation: ``op``, or for a DELETE request ``delete``, with the body as its input."""
        if "/" in key:
            return Response(404)
        body = _input_of(request) if request.body else None
        if name.lower() not in self._names:
            return refusal(400, f"no entity function of this app is named {name!r}")
        operation = "delete" if request.method == "DELETE" else Query(request).text("op")
        signal = pb.SignalEntityRequest(
            instanceId=_entity_id(name, key), name=operation, requestId=str(uuid.uuid4())
        )
        if body is not None:
            signal.input.value = body
        self._engine.SignalEntity(signal, self._context)
        return Response(202)

    def list(self, request: Request, name: str) -> Response:
        """Answer a page of the entities called ``name``, or of all of them where it is empty."""
        query = Query(request)
        with_state = query.flag("fetchState")
        wanted = pb.EntityQuery(includeState=with_state)
        wanted.instanceIdStartsWith.value = f"@{name.lower()}@" if name else "@"
        wanted.pageSize.value = query.page_size()
        if (moment := query.time("lastOperationTimeFrom")) is not None:
            wanted.lastModifiedFrom.FromDatetime(moment)
        if (moment := query.time("lastOperationTimeTo")) is not None:
            wanted.lastModifiedTo.FromDatetime(moment)
        if token := request.headers.get(CONTINUATION_TOKEN):
            wanted.continuationToken.value = token
        answer = self._engine.QueryEntities(pb.QueryEntitiesRequest(query=wanted), self._context)
        shown = [_shown(entity, with_state=with_state) for entity in answer.entities]
        return page_answer(shown, answer.continuationToken.value)


def _input_of(request: Request) -> str:
    """The body, which is JSON where it says so, and a text where it does not."""
    if "application/json" in request.headers.get("content-type", ""):
        return json_body(request)
    return json.dumps(request.body.decode(errors="replace"))


def _entity_id(name: str, key: str) -> str:
    return f"@{name.lower()}@{key}"


def _shown(entity: pb.EntityMetadata, *, with_state: bool) -> dict[str, Any]:
    _, name, key = entity.instanceId.split("@", 2)
    moment = entity.lastModifiedTime.ToDatetime()
    shown: dict[str, Any] = {
        "entityId": {"name": name, "key": key},
        "lastOperationTime": moment.isoformat(timespec="microseconds") + "Z",
    }
    if with_state:
        shown["state"] = parsed(entity.serializedState.value)
    return shown
