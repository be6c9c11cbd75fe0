"""The value of a durableClient binding: the engine's address and the URLs of the Durable HTTP API."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

WEBHOOK_PATH = "/runtime/webhooks/durabletask"
_DEFAULT_CONNECTION = "Storage"
_PLACEHOLDER = "INSTANCEID"
_MAX_MESSAGE_BYTES = 4 * 1024 * 1024  # the limit of the Durable extension's clients


@dataclass(frozen=True)
class DurableClientBinding:
    """Creates the values of durableClient bindings.

    ``engine_address`` is host:port, ``origin`` the host's own URL (http://127.0.0.1:7071). ``task_hub``
    applies to bindings without a task hub.
    """

    engine_address: str
    origin: str
    task_hub: str
    system_key: str
    use_forwarded_host: bool

    @property
    def default_query(self) -> str:
        """The query string of management URLs for a binding without a task hub or connection."""
        return self._query(self.task_hub, _DEFAULT_CONNECTION)

    def value_for(self, binding: dict[str, Any]) -> str:
        """The JSON text that a function receives for ``binding``."""
        task_hub = binding.get("taskHub") or self.task_hub
        connection = binding.get("connectionName") or _DEFAULT_CONNECTION
        query = self._query(task_hub, connection)
        webhook = self.origin + WEBHOOK_PATH
        start = f"{webhook}/orchestrators/{{functionName}}[/{{instanceId}}]"
        wait = "timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}"
        return json.dumps(
            {
                "taskHubName": task_hub,
                "connectionName": connection,
                "creationUrls": {
                    "createNewInstancePostUri": f"{start}?code={self.system_key}",
                    "createAndWaitOnNewInstancePostUri": f"{start}?{wait}&code={self.system_key}",
                },
                "managementUrls": management_urls(self.origin, query, _PLACEHOLDER),
                "baseUrl": webhook,
                "requiredQueryStringParameters": query,
                "rpcBaseUrl": f"http://{self.engine_address}",
                "httpBaseUrl": webhook,
                "useForwardedHost": self.use_forwarded_host,
                "maxGrpcMessageSizeInBytes": _MAX_MESSAGE_BYTES,
                "grpcHttpClientTimeout": "00:01:40",
            }
        )

    def _query(self, task_hub: str, connection: str) -> str:
        return f"taskHub={task_hub}&connection={connection}&code={self.system_key}"


def management_urls(origin: str, query: str, instance_id: str) -> dict[str, str]:
    """The links of an instance, as in check-status responses. The client fills in {eventName} and {text}."""
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
