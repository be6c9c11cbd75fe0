"""The responses of the HTTP API to valid and invalid requests."""

from typing import Any

import pytest

from tests.e2e.client import Client
from tools.local.stack import Stack


def test_a_report_that_has_not_ended_cannot_be_downloaded(client: Client) -> None:
    report = client.request()
    response = client.call("GET", f"/reports/{report['id']}/download")
    assert response.status_code == 409
    assert response.json()["status"] == 409
    client.call("DELETE", f"/reports/{report['id']}")


@pytest.mark.parametrize(
    ("request_body", "pointer", "fix"),
    [
        ({"type": "elektric"}, "/type", "electric"),
        ({"generation": "gen-1"}, "/generation", "generation-i"),
        ({"columns": ["id", "colour"]}, "/columns/1", "color"),
        ({"sample": 3}, "/sample", "sample_size"),
        ({"sample_size": 0}, "/sample_size", "1"),
        ({"sample_size": True}, "/sample_size", "integer"),
        ({"seed": -1}, "/seed", "0"),
        ({"name": "two\nlines"}, "/name", "U+000A"),
    ],
)
def test_an_invalid_request_is_rejected_with_the_error_and_the_fix(
    client: Client, request_body: dict[str, Any], pointer: str, fix: str
) -> None:
    response = client.call("POST", "/reports", json=request_body)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["pointer"] == pointer
    assert fix in error["detail"]


def test_all_errors_of_a_request_are_reported_at_once(client: Client) -> None:
    response = client.call("POST", "/reports", json={"type": 1, "seed": "x", "columns": ["nope"]})
    assert {error["pointer"] for error in response.json()["errors"]} == {"/type", "/seed", "/columns/0"}


def test_a_body_of_the_wrong_kind_is_rejected(client: Client) -> None:
    assert client.call("POST", "/reports", data="type=fire").status_code == 415
    json_type = {"Content-Type": "application/json"}
    assert client.call("POST", "/reports", data="{", headers=json_type).status_code == 400
    assert client.call("POST", "/reports", data="[]", headers=json_type).status_code == 400
    assert client.call("POST", "/reports", data=b" " * 16385, headers=json_type).status_code == 413


@pytest.mark.parametrize("report_id", ["nope", "e5df488ba50-05402d32cc039b2e", "..%2f..", "x" * 2000])
def test_an_unknown_report_is_not_found(client: Client, report_id: str) -> None:
    for method, path in (("GET", ""), ("GET", "/download"), ("DELETE", "")):
        response = client.call(method, f"/reports/{report_id}{path}")
        assert response.status_code == 404


def test_reports_are_listed_newest_first_in_pages(client: Client) -> None:
    created = [client.make(type="steel", sample_size=1, columns=["id"])["id"] for _ in range(3)]
    first = client.call("GET", "/reports?limit=2&type=steel&status=succeeded").json()
    second = client.call("GET", f"/reports?limit=2&type=steel&cursor={first['next_cursor']}").json()
    listed = [report["id"] for report in first["reports"] + second["reports"]]
    assert listed == list(reversed(created))
    assert second["next_cursor"] is None


def test_a_listed_report_has_the_number_of_its_columns_but_not_the_columns(client: Client) -> None:
    report = client.make(type="steel", sample_size=1, columns=["id", "name", "hp"])
    listed = client.call("GET", "/reports?limit=1&type=steel").json()["reports"][0]
    assert listed["id"] == report["id"]
    assert listed["request"].pop("column_count") == len(report["request"].pop("columns"))
    assert report["result"].pop("columns")
    assert not report.keys() - listed.keys() - {"failures", "warnings"}
    assert listed == {name: report[name] for name in listed}


def test_an_unchanged_list_is_not_sent_again(client: Client) -> None:
    client.make(type="rock", sample_size=1, columns=["id"])
    shown = client.call("GET", "/reports?type=rock")
    etag = {"If-None-Match": shown.headers["ETag"]}
    assert shown.headers["Cache-Control"] == "private, no-cache"
    again = client.call("GET", "/reports?type=rock", headers=etag)
    assert (again.status_code, again.content) == (304, b"")
    client.make(type="rock", sample_size=1, columns=["id"])
    assert client.call("GET", "/reports?type=rock", headers=etag).status_code == 200


@pytest.mark.usefixtures("slow_pokeapi")
def test_the_status_open_lists_the_reports_that_have_not_ended(client: Client) -> None:
    ended = client.make(type="steel", sample_size=1, columns=["id"])
    running = client.request(type="steel")
    listed = client.call("GET", "/reports?status=open&type=steel").json()["reports"]
    assert [report["id"] for report in listed] == [running["id"]]
    assert ended["id"] not in {report["id"] for report in listed}
    client.call("DELETE", f"/reports/{running['id']}")
    assert client.call("GET", "/reports?status=open&type=steel").json()["reports"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "status=nope", "cursor=../x"])
def test_an_invalid_query_is_rejected(client: Client, query: str) -> None:
    response = client.call("GET", f"/reports?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/" + query.partition("=")[0]


def test_an_unchanged_report_is_not_sent_again(client: Client) -> None:
    report = client.make(type="normal", sample_size=1)
    shown = client.call("GET", f"/reports/{report['id']}")
    assert "Retry-After" not in shown.headers
    again = client.call("GET", f"/reports/{report['id']}", headers={"If-None-Match": shown.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_types_and_generations_have_the_number_of_pokemon_of_a_report(client: Client) -> None:
    types = {type_["name"]: type_["pokemon_count"] for type_ in client.call("GET", "/types").json()["types"]}
    assert len(types) == 21
    assert types["electric"] == 114
    generations = client.call("GET", "/generations").json()["generations"]
    assert generations[0] == {"name": "generation-i", "pokemon_count": 238}
    assert sum(generation["pokemon_count"] for generation in generations) == 1351


@pytest.mark.parametrize("path", ["/types", "/generations?type=fire"])
def test_counts_can_be_cached_for_five_minutes_but_errors_cannot(client: Client, path: str) -> None:
    assert client.call("GET", path).headers["Cache-Control"] == "public, max-age=300"
    assert client.call("GET", "/types?include_forms=maybe").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("include_forms", [True, False])
def test_counts_equal_the_rows_of_a_report_with_the_same_filters(client: Client, include_forms: bool) -> None:
    filters = {"include_forms": str(include_forms).lower()}
    response = client.call("GET", "/types", params={"generation": "generation-i", **filters})
    by_type = {type_["name"]: type_["pokemon_count"] for type_ in response.json()["types"]}
    response = client.call("GET", "/generations", params={"type": "electric", **filters})
    generations = response.json()["generations"]
    by_generation = {generation["name"]: generation["pokemon_count"] for generation in generations}
    report = client.make(
        type="electric", generation="generation-i", include_forms=include_forms, columns=["id"]
    )
    assert by_type["electric"] == by_generation["generation-i"] == report["result"]["rows"]


def test_a_query_for_counts_with_an_unknown_name_is_rejected(client: Client) -> None:
    response = client.call("GET", "/types", params={"generation": "generation-x", "include_forms": "false"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/generation"
    assert "generation-ix" in response.json()["errors"][0]["detail"]
    assert client.call("GET", "/generations", params={"type": "colour"}).status_code == 400
    response = client.call("GET", "/types", params={"include_forms": "maybe"})
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error == {"pointer": "/include_forms", "detail": "Input should be true or false."}


def test_the_health_check_lists_every_dependency(client: Client) -> None:
    response = client.call("GET", "/health")
    assert response.status_code == 200
    assert set(response.json()["dependencies"]) == {
        "blob_storage",
        "table_storage",
        "durable_engine",
        "pokeapi",
    }


def test_a_forged_principal_is_ignored_unless_the_platform_authenticates_users(
    system: Stack, client: Client
) -> None:
    forged = Client(system, {"x-ms-client-principal": "bm90IGpzb24="})
    report = forged.make(type="dark", sample_size=1, columns=["id"])
    assert client.show(report)["id"] == report["id"]


def test_a_response_does_not_contain_the_management_key(system: Stack, client: Client) -> None:
    response = client.call("POST", "/reports", json={"type": "poison", "sample_size": 1})
    content = response.text + str(response.headers)
    assert "webhooks" not in content
    # The key of the management API; Azure's host has none on a developer's machine.
    key = system.durable_url.rpartition("code=")[2]
    assert not key or key not in content
    assert response.headers["Location"] == response.json()["links"]["self"]


def test_a_limit_with_thousands_of_digits_is_rejected(client: Client) -> None:
    assert client.call("GET", f"/reports?limit={'9' * 5000}").status_code == 400
