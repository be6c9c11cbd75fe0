"""Where the storage still names a report: every table, queue and container is searched."""

import re
from collections.abc import Iterator

from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient

from domain.report_ids import ID_PATTERN
from tools.local.emulators import Storage

MOST_MESSAGES = 32
"""As many as one look into a queue shows. Messages that a host holds are invisible."""


def leftovers(storage: Storage) -> list[str]:
    """Each place that names any report, in words."""
    return [
        f"{place} names {match[0]}"
        for place, text in _everything(storage)
        if (match := re.search(ID_PATTERN, text))
    ]


def _everything(storage: Storage) -> Iterator[tuple[str, str]]:
    with TableServiceClient.from_connection_string(storage.connection_string) as tables:
        for table in tables.list_tables():
            for entity in tables.get_table_client(table.name).list_entities():
                yield f"an entity of the table {table.name}", str(entity)
    with QueueServiceClient.from_connection_string(storage.connection_string) as queues:
        for queue in queues.list_queues():
            for message in queues.get_queue_client(queue.name).peek_messages(MOST_MESSAGES):
                yield f"a message of the queue {queue.name}", str(message.content)
    with BlobServiceClient.from_connection_string(storage.connection_string) as blobs:
        for container in blobs.list_containers():
            for blob in blobs.get_container_client(container.name).list_blobs(include=["uncommittedblobs"]):
                yield f"a blob of the container {container.name}", blob.name
