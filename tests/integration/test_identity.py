"""The storage reached with an identity and no key: Azurite over https with OAuth, as in Azure.

Azurite checks a token's issuer, audience and time and not its signature, so the tests can make one.
"""

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import trustme
from azure.core.credentials import AccessToken
from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient

from adapters.report_blobs import ReportBlobs
from domain.report import ReportKey
from tools.local import emulators


@dataclass
class TestCredential:
    """Tokens as Entra ID gives them, for Azurite's eyes."""

    __test__ = False

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        now = int(time.time())
        claims = {
            "aud": "https://storage.azure.com",
            "iss": "https://sts.windows-ppe.net/00000000-0000-0000-0000-000000000001/",
            "tid": "00000000-0000-0000-0000-000000000001",
            "oid": "00000000-0000-0000-0000-000000000002",
            "nbf": now - 60,
            "iat": now - 60,
            "exp": now + 3600,
        }
        parts = [{"alg": "RS256", "typ": "JWT"}, claims]
        encoded = [
            base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
        ]
        return AccessToken(".".join([*encoded, "c2lnbmF0dXJl"]), now + 3600)


KEY = ReportKey("o", "r")


@pytest.fixture(scope="module")
def secure_storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[emulators.Storage, Path]]:
    folder = tmp_path_factory.mktemp("secure")
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    azurite = emulators.azurite(
        folder / "azurite.log",
        switches=("--oauth", "basic", "--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")),
    )
    try:
        yield emulators.Storage(*azurite.start()), folder / "ca.pem"
    finally:
        azurite.stop()


@pytest.fixture
def blobs(secure_storage: tuple[emulators.Storage, Path]) -> ReportBlobs:
    storage, authority = secure_storage
    service = BlobServiceClient(
        f"{storage.blob}/{emulators.EMULATOR_ACCOUNT}", TestCredential(), connection_verify=str(authority)
    )
    container = service.get_container_client("reports")
    if not container.exists():
        container.create_container()
    return ReportBlobs(container, service)


def test_a_csv_is_published_and_downloaded_without_any_key(
    blobs: ReportBlobs, secure_storage: tuple[emulators.Storage, Path]
) -> None:
    block = blobs.stage(KEY, "shard-000000", b"25\r\n")
    blobs.publish(KEY, b"id\r\n", [block])
    url = blobs.download_url(KEY, "pokemon.csv", datetime.now(UTC), timedelta(minutes=10))
    answer = requests.get(url, timeout=10, verify=str(secure_storage[1]))
    assert answer.status_code == 200, answer.text
    assert answer.content == b"id\r\n25\r\n"


def test_the_link_is_of_one_blob_read_only_short_and_https(
    blobs: ReportBlobs, secure_storage: tuple[emulators.Storage, Path]
) -> None:
    blobs.publish(KEY, b"id\r\n", [])
    blobs.publish(ReportKey("o", "other"), b"id\r\n", [])
    now = datetime.now(UTC)
    url = blobs.download_url(KEY, "pokemon.csv", now, timedelta(minutes=10))
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert query["sp"] == "r"
    assert query["sr"] == "b"
    assert query["spr"] == "https"
    assert "skoid" in query  # signed with a user delegation key
    assert datetime.fromisoformat(query["se"]) - now <= timedelta(minutes=10)
    verify = str(secure_storage[1])
    assert requests.get(url.replace("/r.csv", "/other.csv"), timeout=10, verify=verify).status_code == 403
    assert requests.delete(url, timeout=10, verify=verify).status_code == 403


def test_the_table_is_reached_with_the_same_identity(secure_storage: tuple[emulators.Storage, Path]) -> None:
    storage, authority = secure_storage
    service = TableServiceClient(
        f"{storage.table}/{emulators.EMULATOR_ACCOUNT}",
        credential=TestCredential(),
        connection_verify=str(authority),
    )
    table = service.create_table_if_not_exists("reports")
    table.upsert_entity({"PartitionKey": "p", "RowKey": "r", "Status": "queued"})
    assert table.get_entity("p", "r")["Status"] == "queued"
