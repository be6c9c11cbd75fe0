"""Previews over HTTP."""

import csv
import io
from typing import Any

import pytest

from domain.columns import COLUMNS
from tests.e2e.client import Client, blob_names, outbox, record_ids
from tools.local import stack
from tools.local.stack import Stack


@pytest.mark.parametrize(
    ("request_body", "total"),
    [
        ({}, 1351),
        ({"type": "Electric", "include_forms": False, "columns": ["name", "weak_to", "habitat"]}, 69),
        ({"type": "water", "generation": "generation-iii", "sample_size": 7, "seed": 7}, 7),
        ({"sample_size": 3, "columns": ["id"], "name": "Three of them"}, 3),
        ({"type": "stellar"}, 0),
    ],
)
def test_a_preview_is_the_start_of_the_csv_that_the_request_creates(
    client: Client, request_body: dict[str, Any], total: int
) -> None:
    response = client.call("POST", "/previews", json=request_body)
    assert response.status_code == 200
    preview = response.json()
    assert preview["total"] == total
    report = client.make(**preview["request"])
    assert report["request"] == preview["request"]
    header, *rows = csv.reader(io.StringIO(client.download(report).decode(), newline=""))
    assert preview["columns"] == [{"name": name, "type": COLUMNS[name].type} for name in header]
    assert preview["rows"] == rows[:5]
    assert len(rows) == total


def test_a_preview_stores_nothing(system: Stack, client: Client) -> None:
    before = (record_ids(system), blob_names(system), outbox(system))
    client.call("POST", "/previews", json={"type": "fire", "sample_size": 3}).raise_for_status()
    assert (record_ids(system), blob_names(system), outbox(system)) == before


def test_an_invalid_request_is_rejected_as_it_is_for_a_report(client: Client) -> None:
    body = {"type": "watr", "columns": ["colour"], "sample_size": 0}
    preview, report = (client.call("POST", path, json=body) for path in ("/previews", "/reports"))
    assert (preview.status_code, preview.json()) == (400, report.json())
    assert client.call("POST", "/previews", data="{}").status_code == 415


def test_a_preview_needs_pokeapi(tmp_path_factory: pytest.TempPathFactory) -> None:
    unreachable = "http://127.0.0.1:9/api/v2"
    with stack.running(tmp_path_factory.mktemp("no_pokeapi"), pokeapi_url=unreachable) as running:
        response = Client(running).call("POST", "/previews", json={"type": "watr"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json()["title"] == "PokéAPI is unavailable"
