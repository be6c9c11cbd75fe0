"""The reports' CSVs in a real Azurite."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import requests
from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContainerClient

from adapters import report_blobs
from adapters.report_blobs import BlocksGoneError, ReportBlobs
from domain.report import ReportKey

KEY = ReportKey("o", "r")


def traces(container: ContainerClient) -> list[str]:
    return [blob.name for blob in container.list_blobs(include=["uncommittedblobs"])]


def test_blocks_are_invisible_until_they_are_published_in_order(
    container: ContainerClient, blobs: ReportBlobs
) -> None:
    second = blobs.stage(KEY, "shard-000001", b"2\r\n")
    first = blobs.stage(KEY, "shard-000000", b"1\r\n")
    with pytest.raises(ResourceNotFoundError):
        container.download_blob("o/r.csv")
    published = blobs.publish(KEY, b"id\r\n", [first, second])
    content = container.download_blob("o/r.csv").readall()
    assert content == b"id\r\n1\r\n2\r\n"
    assert published.bytes == len(content)
    assert published.sha256 == hashlib.sha256(content).hexdigest()


def test_a_block_staged_twice_is_one_block(container: ContainerClient, blobs: ReportBlobs) -> None:
    blobs.stage(KEY, "shard-000000", b"old\r\n")
    block = blobs.stage(KEY, "shard-000000", b"new\r\n")
    blobs.publish(KEY, b"id\r\n", [block])
    assert container.download_blob("o/r.csv").readall() == b"id\r\nnew\r\n"


def test_publishing_twice_gives_the_same_csv(container: ContainerClient, blobs: ReportBlobs) -> None:
    block = blobs.stage(KEY, "shard-000000", b"1\r\n")
    first = blobs.publish(KEY, b"id\r\n", [block])
    assert blobs.publish(KEY, b"id\r\n", [block]) == first


def test_a_csv_of_a_lost_block_is_not_published(container: ContainerClient, blobs: ReportBlobs) -> None:
    block = blobs.stage(KEY, "shard-000000", b"1\r\n")
    blobs.discard(KEY)
    with pytest.raises(BlocksGoneError, match="made no progress for a week"):
        blobs.publish(KEY, b"id\r\n", [block])
    blobs.discard(KEY)
    assert traces(container) == []


def test_discarding_removes_what_is_published_or_staged(
    container: ContainerClient, blobs: ReportBlobs
) -> None:
    published, staged, missing = (ReportKey("o", name) for name in ("published", "staged", "missing"))
    block = blobs.stage(published, "shard-000000", b"1\r\n")
    blobs.publish(published, b"id\r\n", [block])
    blobs.stage(staged, "shard-000000", b"1\r\n")
    assert sorted(traces(container)) == ["o/published.csv", "o/staged.csv"]
    for key in (published, staged, missing):
        blobs.discard(key)
    assert traces(container) == []


def test_a_download_url_ends_when_it_says(blobs: ReportBlobs) -> None:
    blobs.publish(KEY, b"id\r\n", [])
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    expired = blobs.download_url(KEY, "some.csv", long_ago, timedelta(minutes=10))
    assert requests.get(expired, timeout=10).status_code == 403
    valid = blobs.download_url(KEY, "some.csv", datetime.now(UTC), timedelta(minutes=10))
    answer = requests.get(valid, timeout=10)
    assert answer.content == b"id\r\n"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="some.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("https://acct.blob.core.windows.net/reports", "acct"),
        ("https://acct.z01.blob.storage.azure.net/reports", "acct"),
        ("http://127.0.0.1:10000/devstoreaccount1/reports", "devstoreaccount1"),
    ],
)
def test_a_link_is_signed_for_the_account_of_its_url(url: str, account: str) -> None:
    assert report_blobs._account_name(url) == account
