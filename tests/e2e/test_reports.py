"""Reports over HTTP, through the real chain: app, engine, storage, PokéAPI replica."""

import csv
import io
from typing import Any

import pytest
import requests

from domain.columns import COLUMNS
from tests.e2e.client import Client, instances
from tools.local.stack import Stack


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def document(system: Stack, path: str) -> Any:
    return requests.get(f"{system.pokeapi_url}/{path}", timeout=10).json()


def test_the_csv_of_a_type_matches_pokeapi(system: Stack, client: Client) -> None:
    report = client.make(type="electric")
    made = rows(client.download(report))

    listed = document(system, "type/electric")["pokemon"]
    ids = sorted(int(entry["pokemon"]["url"].rstrip("/").rsplit("/", 1)[1]) for entry in listed)
    assert [int(row["id"]) for row in made] == ids
    assert report["status"] == "succeeded"
    assert report["progress"] == {"total": 114, "done": 114, "failed": 0}
    for row in made:
        pokemon = document(system, f"pokemon/{row['id']}")
        species = document(system, f"pokemon-species/{pokemon['species']['name']}")
        assert row["name"] == pokemon["name"]
        assert row["species"] == pokemon["species"]["name"]
        assert row["types"] == "|".join(entry["type"]["name"] for entry in pokemon["types"])
        stats = {entry["stat"]["name"]: entry["base_stat"] for entry in pokemon["stats"]}
        assert int(row["special_attack"]) == stats["special-attack"]
        assert int(row["base_stat_total"]) == sum(stats.values())
        hidden = [entry["ability"]["name"] for entry in pokemon["abilities"] if entry["is_hidden"]]
        assert row["hidden_ability"] == (hidden[0] if hidden else "")
        assert row["generation"] == species["generation"]["name"]
        assert row["habitat"] == (species["habitat"]["name"] if species["habitat"] else "")
        assert row["is_legendary"] == str(species["is_legendary"]).lower()


def test_every_column_of_the_contract_exists_and_has_values(client: Client) -> None:
    made = rows(client.csv_of(type="flying"))
    zapdos = next(row for row in made if row["name"] == "zapdos")
    assert list(zapdos) == list(COLUMNS)
    assert zapdos["weak_to"] == "ice|rock"
    assert zapdos["resists"] == "bug|fighting|flying|grass|steel"
    assert zapdos["immune_to"] == "ground"
    assert zapdos["height_m"] == "1.6"
    empty_everywhere = [name for name in COLUMNS if not any(row[name] for row in made)]
    assert empty_everywhere == []


def test_the_same_seed_gives_the_same_csv_byte_for_byte(client: Client) -> None:
    first = client.csv_of(type="water", sample_size=12, seed=41)
    assert client.csv_of(type="water", sample_size=12, seed=41) == first
    assert client.csv_of(type="water", sample_size=12, seed=42) != first


def test_a_report_without_a_seed_shows_the_seed_it_used(client: Client) -> None:
    report = client.make(generation="generation-i", sample_size=5)
    again = client.csv_of(generation="generation-i", sample_size=5, seed=report["request"]["seed"])
    assert client.download(report) == again


@pytest.mark.parametrize(("include_forms", "count"), [(True, 238), (False, 151)])
def test_a_generation_is_the_pokemon_of_its_species(
    client: Client, *, include_forms: bool, count: int
) -> None:
    report = client.make(generation="generation-i", include_forms=include_forms, columns=["generation"])
    made = rows(client.download(report))
    assert len(made) == count == report["result"]["rows"]
    assert {row["generation"] for row in made} == {"generation-i"}


def test_both_filters_give_the_intersection(client: Client) -> None:
    made = rows(client.csv_of(type="fire", generation="generation-i", include_forms=False))
    assert [row["name"] for row in made][:3] == ["charmander", "charmeleon", "charizard"]
    assert len(made) == 12


def test_a_report_can_select_and_order_its_columns(client: Client) -> None:
    content = client.csv_of(type="ice", sample_size=1, seed=0, columns=["name", "id", "weak_to"])
    assert content.startswith(b"name,id,weak_to\r\n")


def test_a_sample_larger_than_the_population_is_the_whole_population_with_a_warning(client: Client) -> None:
    report = client.make(type="fairy", generation="generation-i", sample_size=1000, columns=["name"])
    assert report["progress"]["total"] < 1000
    assert report["result"]["rows"] == report["progress"]["total"]
    assert "1000" in report["warnings"][0]


def test_a_type_without_pokemon_makes_an_empty_report_with_a_warning(client: Client) -> None:
    report = client.make(type="stellar", columns=["id", "name"])
    assert report["status"] == "succeeded"
    assert client.download(report) == b"id,name\r\n"
    assert report["warnings"]


@pytest.mark.usefixtures("slow_pokeapi")
def test_progress_is_in_the_record_and_in_the_custom_status(system: Stack, client: Client) -> None:
    report = client.request(type="dragon")
    statuses = []
    while client.show(report)["status"] in {"queued", "running"}:
        statuses.append(instances(system)[report["id"]].get("customStatus") or {})
    seen = client.watch(client.show(report))
    assert seen[-1]["status"] == "succeeded"
    done = {status["done"] for status in statuses if "done" in status}
    assert len(done - {0, 117}) >= 2, statuses
    assert all(status["total"] == 117 for status in statuses if "total" in status)


@pytest.mark.usefixtures("slow_pokeapi")
def test_progress_in_the_record_only_grows(client: Client) -> None:
    done = [state["progress"]["done"] for state in client.watch(client.request(type="ghost"))]
    assert done == sorted(done)
    assert len(set(done)) > 3


def test_the_report_is_the_orchestration_and_each_pokemon_an_activity_of_a_shard(
    system: Stack, client: Client
) -> None:
    report = client.make(type="ground", columns=["name"])
    own = {name: state for name, state in instances(system).items() if name.startswith(report["id"])}
    assert own.pop(report["id"])["name"] == "generate_report"
    assert {state["name"] for state in own.values()} == {"fetch_shard"}
    assert len(own) == 2  # 96 Pokémon in shards of 50
    assert {state["runtimeStatus"] for state in own.values()} == {"Completed"}


def test_a_named_report_and_its_retry_have_the_name(client: Client) -> None:
    report = client.make(type="rock", sample_size=2, seed=7, columns=["id"], name=" Équipe 1 ")
    again = client.call("POST", f"/reports/{report['id']}/retry").json()
    listed = client.call("GET", "/reports?limit=1&type=rock").json()["reports"][0]
    assert (report["name"], again["name"], listed["name"]) == ("Équipe 1", "Équipe 1", "Équipe 1")
    csv = client.call("GET", f"/reports/{report['id']}/download")
    name = "equipe-1-pokemon-rock-2-seed7.csv"
    assert csv.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_download_is_a_short_lived_read_only_link_to_this_csv(client: Client) -> None:
    report = client.make(type="rock", sample_size=2)
    answer = client.call("GET", f"/reports/{report['id']}/download", allow_redirects=False)
    link = answer.headers["Location"]
    assert answer.status_code == 302
    assert requests.get(link, timeout=10).headers["Content-Type"] == "text/csv; charset=utf-8"
    overwriting = requests.put(link, data=b"x", headers={"x-ms-blob-type": "BlockBlob"}, timeout=10)
    assert overwriting.status_code == 403
    elsewhere = requests.get(link.replace(report["id"], "another"), timeout=10)
    assert elsewhere.status_code == 403
