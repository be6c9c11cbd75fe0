"""What the HTTP API answers to good and bad requests."""

from typing import Any

import pytest

from tests.e2e.client import Client
from tools.local.stack import Stack


def test_a_report_that_is_not_ready_cannot_be_downloaded(client: Client) -> None:
    report = client.request()
    answer = client.call("GET", f"/reports/{report['id']}/download")
    assert answer.status_code == 409
    assert answer.json()["status"] == 409
    client.call("DELETE", f"/reports/{report['id']}")


@pytest.mark.parametrize(
    ("request_body", "pointer", "names"),
    [
        ({"type": "elektric"}, "/type", "electric"),
        ({"generation": "gen-1"}, "/generation", "generation-i"),
        ({"columns": ["id", "colour"]}, "/columns/1", "color"),
        ({"sample": 3}, "/sample", "sample_size"),
        ({"sample_size": 0}, "/sample_size", "1"),
        ({"sample_size": True}, "/sample_size", "integer"),
        ({"seed": -1}, "/seed", "0"),
    ],
)
def test_a_bad_request_names_its_fault_and_what_there_is(
    client: Client, request_body: dict[str, Any], pointer: str, names: str
) -> None:
    answer = client.call("POST", "/reports", json=request_body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == pointer
    assert names in fault["detail"]


def test_all_faults_of_a_request_are_told_at_once(client: Client) -> None:
    answer = client.call("POST", "/reports", json={"type": 1, "seed": "x", "columns": ["nope"]})
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/type", "/seed", "/columns/0"}


def test_the_wrong_kinds_of_body_are_refused(client: Client) -> None:
    assert client.call("POST", "/reports", data="type=fire").status_code == 415
    json_type = {"Content-Type": "application/json"}
    assert client.call("POST", "/reports", data="{", headers=json_type).status_code == 400
    assert client.call("POST", "/reports", data="[]", headers=json_type).status_code == 400
    assert client.call("POST", "/reports", data=b" " * 16385, headers=json_type).status_code == 413


@pytest.mark.parametrize("report_id", ["nope", "e5df488ba50-05402d32cc039b2e", "..%2f..", "x" * 2000])
def test_a_report_that_is_not_there_is_404(client: Client, report_id: str) -> None:
    for method, path in (("GET", ""), ("GET", "/download"), ("DELETE", "")):
        answer = client.call(method, f"/reports/{report_id}{path}")
        assert answer.status_code == 404


def test_reports_are_listed_newest_first_and_by_pages(client: Client) -> None:
    made = [client.make(type="steel", sample_size=1, columns=["id"])["id"] for _ in range(3)]
    first = client.call("GET", "/reports?limit=2&type=steel&status=succeeded").json()
    second = client.call("GET", f"/reports?limit=2&type=steel&cursor={first['next_cursor']}").json()
    listed = [report["id"] for report in first["reports"] + second["reports"]]
    assert listed == list(reversed(made))
    assert second["next_cursor"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "status=nope", "cursor=../x"])
def test_a_bad_query_is_refused(client: Client, query: str) -> None:
    answer = client.call("GET", f"/reports?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/" + query.partition("=")[0]


def test_an_unchanged_report_is_not_sent_again(client: Client) -> None:
    report = client.make(type="normal", sample_size=1)
    shown = client.call("GET", f"/reports/{report['id']}")
    assert "Retry-After" not in shown.headers
    again = client.call("GET", f"/reports/{report['id']}", headers={"If-None-Match": shown.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_the_catalogue_counts_what_a_report_would_have(client: Client) -> None:
    types = {one["name"]: one["pokemon_count"] for one in client.call("GET", "/types").json()["types"]}
    assert len(types) == 21
    assert types["electric"] == 114
    generations = client.call("GET", "/generations").json()["generations"]
    assert generations[0] == {"name": "generation-i", "pokemon_count": 238}
    assert sum(one["pokemon_count"] for one in generations) == 1351


@pytest.mark.parametrize("include_forms", [True, False])
def test_counts_are_those_of_the_reports_with_the_same_filters(client: Client, include_forms: bool) -> None:
    filters = {"include_forms": str(include_forms).lower()}
    answer = client.call("GET", "/types", params={"generation": "generation-i", **filters})
    of_type = {one["name"]: one["pokemon_count"] for one in answer.json()["types"]}
    answer = client.call("GET", "/generations", params={"type": "electric", **filters})
    of_generation = {one["name"]: one["pokemon_count"] for one in answer.json()["generations"]}
    report = client.make(
        type="electric", generation="generation-i", include_forms=include_forms, columns=["id"]
    )
    assert of_type["electric"] == of_generation["generation-i"] == report["result"]["rows"]


def test_counts_of_what_is_not_there_are_refused(client: Client) -> None:
    answer = client.call("GET", "/types", params={"generation": "generation-x", "include_forms": "false"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/generation"
    assert "generation-ix" in answer.json()["errors"][0]["detail"]
    assert client.call("GET", "/generations", params={"type": "colour"}).status_code == 400
    answer = client.call("GET", "/types", params={"include_forms": "maybe"})
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert fault == {"pointer": "/include_forms", "detail": "It must be true or false."}


def test_health_names_every_dependency(client: Client) -> None:
    answer = client.call("GET", "/health")
    assert answer.status_code == 200
    assert set(answer.json()["dependencies"]) == {
        "blob_storage",
        "table_storage",
        "durable_engine",
        "pokeapi",
    }


def test_a_forged_principal_is_ignored_where_the_platform_does_not_authenticate(
    system: Stack, client: Client
) -> None:
    forged = Client(system, {"x-ms-client-principal": "bm90IGpzb24="})
    report = forged.make(type="dark", sample_size=1, columns=["id"])
    assert client.show(report)["id"] == report["id"]


def test_an_answer_never_carries_the_management_key(system: Stack, client: Client) -> None:
    answer = client.call("POST", "/reports", json={"type": "poison", "sample_size": 1})
    said = answer.text + str(answer.headers)
    assert "webhooks" not in said
    # The key of the management API; Azure's host has none on a developer's machine.
    key = system.durable_url.rpartition("code=")[2]
    assert not key or key not in said
    assert answer.headers["Location"] == answer.json()["links"]["self"]


def test_a_limit_of_thousands_of_digits_is_refused_like_any_other(client: Client) -> None:
    assert client.call("GET", f"/reports?limit={'9' * 5000}").status_code == 400
