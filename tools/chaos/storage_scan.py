"""Search every table, queue and container of a storage account for report ids."""

import re
from collections.abc import Iterator

from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient

from domain.report_ids import ID_PATTERN
from tools.local.emulators import Storage

MAX_MESSAGES = 32
"""The most messages that one peek returns. Messages that a host has dequeued are invisible."""


def find_report_ids(storage: Storage) -> list[str]:
    """Describe each place that contains a report id."""
    return [
        f"{place} contains {match[0]}"
        for place, text in _contents(storage)
        if (match := re.search(ID_PATTERN, text))
    ]


def _contents(storage: Storage) -> Iterator[tuple[str, str]]:
    with TableServiceClient.from_connection_string(storage.connection_string) as tables:
        for table in tables.list_tables():
            for entity in tables.get_table_client(table.name).list_entities():
                yield f"an entity of table {table.name}", str(entity)
    with QueueServiceClient.from_connection_string(storage.connection_string) as queues:
        for queue in queues.list_queues():
            for message in queues.get_queue_client(queue.name).peek_messages(MAX_MESSAGES):
                yield f"a message of queue {queue.name}", str(message.content)
    with BlobServiceClient.from_connection_string(storage.connection_string) as blobs:
        for container in blobs.list_containers():
            for blob in blobs.get_container_client(container.name).list_blobs(include=["uncommittedblobs"]):
                yield f"a blob of container {container.name}", blob.name
