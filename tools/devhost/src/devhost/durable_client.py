"""What a durableClient binding receives: where the engine listens, and the Durable HTTP API's URLs."""

import json
from typing import Any
from urllib.parse import quote

WEBHOOK_PATH = "/runtime/webhooks/durabletask"
_PLACEHOLDER = "INSTANCEID"
_MAX_MESSAGE_BYTES = 4 * 1024 * 1024  # the Durable extension's clients receive no more


def client_configuration(
    binding: dict[str, Any],
    *,
    engine: str,
    origin: str,
    task_hub: str,
    system_key: str,
    use_forwarded_host: bool,
) -> str:
    """The JSON text for one binding.

    ``engine`` is host:port, ``origin`` the host's own (http://127.0.0.1:7071).
    """
    hub = binding.get("taskHub") or task_hub
    connection = binding.get("connectionName") or "Storage"
    query = required_query(hub, connection, system_key)
    webhook = origin + WEBHOOK_PATH
    start = f"{webhook}/orchestrators/{{functionName}}[/{{instanceId}}]"
    waiting = "timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}"
    return json.dumps(
        {
            "taskHubName": hub,
            "connectionName": connection,
            "creationUrls": {
                "createNewInstancePostUri": f"{start}?code={system_key}",
                "createAndWaitOnNewInstancePostUri": f"{start}?{waiting}&code={system_key}",
            },
            "managementUrls": management_urls(origin, query, _PLACEHOLDER),
            "baseUrl": webhook,
            "requiredQueryStringParameters": query,
            "rpcBaseUrl": f"http://{engine}",
            "httpBaseUrl": webhook,
            "useForwardedHost": use_forwarded_host,
            "maxGrpcMessageSizeInBytes": _MAX_MESSAGE_BYTES,
            "grpcHttpClientTimeout": "00:01:40",
        }
    )


def required_query(task_hub: str, connection: str, system_key: str) -> str:
    """The query string that every management URL carries."""
    return f"taskHub={task_hub}&connection={connection}&code={system_key}"


def management_urls(origin: str, query: str, instance_id: str) -> dict[str, str]:
    """The links of one instance, as check-status responses list them; {eventName} and {text} stay."""
    instance = f"{origin}{WEBHOOK_PATH}/instances/{quote(instance_id, safe='')}"
    return {
        "id": instance_id,
        "statusQueryGetUri": f"{instance}?{query}",
        "sendEventPostUri": f"{instance}/raiseEvent/{{eventName}}?{query}",
        "terminatePostUri": f"{instance}/terminate?reason={{text}}&{query}",
        "rewindPostUri": f"{instance}/rewind?reason={{text}}&{query}",
        "purgeHistoryDeleteUri": f"{instance}?{query}",
        "restartPostUri": f"{instance}/restart?{query}",
        "suspendPostUri": f"{instance}/suspend?reason={{text}}&{query}",
        "resumePostUri": f"{instance}/resume?reason={{text}}&{query}",
    }
