"""Build the dataset from a PokéAPI, or compare it with one.

    python -m pokeapi_replica.build --source https://pokeapi.co/api/v2 [--out DIR]
    python -m pokeapi_replica.build --check https://pokeapi.co/api/v2

A build ends with the same comparison. It reports each derivation rule (a hidden ability is in slot 3, a
sprite's URL follows from the id, ...) that no longer holds for the source.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from pokeapi_replica import check, dataset
from pokeapi_replica.dataset import Ability, Dataset, Generation, Name, Pokemon, Species, Type
from pokeapi_replica.dataset_index import RESOURCES
from pokeapi_replica.source import Source, SourceError

type Document = dict[str, Any]

MAX_LISTED_DIFFERENCES = 20


def gather(source: Source) -> dict[str, list[Document]]:
    """Fetch every document, by resource and in the order of their ids."""
    return {resource: source.documents(resource) for resource in RESOURCES}


def to_dataset(real: dict[str, list[Document]], source: Source) -> Dataset:
    """Extract the dataset from the live documents."""
    names = {
        Name(resource, source.number(link), link["name"])
        for resource, link in _references(real)
        if link is not None
    }
    return Dataset(
        pokemon=tuple(_pokemon(document, source) for document in real["pokemon"]),
        species=tuple(_species(document, source) for document in real["pokemon-species"]),
        abilities=tuple(
            Ability(
                document["id"], document["name"], document["generation"]["name"], document["is_main_series"]
            )
            for document in real["ability"]
        ),
        types=tuple(_type(document) for document in real["type"]),
        generations=tuple(
            Generation(
                id=document["id"],
                name=document["name"],
                main_region=document["main_region"]["name"],
                species=tuple(source.number(link) for link in document["pokemon_species"]),
            )
            for document in real["generation"]
        ),
        names=tuple(sorted(names, key=lambda name: (name.resource, name.id))),
    )


def _references(real: dict[str, list[Document]]) -> list[tuple[str, dict[str, str] | None]]:
    links: list[tuple[str, dict[str, str] | None]] = []
    for document in real["pokemon-species"]:
        links.append(("pokemon-color", document["color"]))
        links.append(("pokemon-habitat", document["habitat"]))
        links.append(("pokemon-shape", document["shape"]))
        links.append(("growth-rate", document["growth_rate"]))
    links += [("region", document["main_region"]) for document in real["generation"]]
    links += [("stat", entry["stat"]) for document in real["pokemon"] for entry in document["stats"]]
    return links


def _pokemon(document: Document, source: Source) -> Pokemon:
    by_slot = {entry["slot"]: entry["ability"]["name"] for entry in document["abilities"]}
    return Pokemon(
        id=document["id"],
        name=document["name"],
        order=document["order"],
        is_default=document["is_default"],
        species=source.number(document["species"]),
        height=document["height"],
        weight=document["weight"],
        base_experience=document["base_experience"],
        types=tuple(entry["type"]["name"] for entry in document["types"]),
        abilities=(by_slot.get(1), by_slot.get(2), by_slot.get(3)),
        stats=tuple(entry["base_stat"] for entry in document["stats"]),
        efforts=tuple(entry["effort"] for entry in document["stats"]),
        has_sprite=document["sprites"]["front_default"] is not None,
    )


def _species(document: Document, source: Source) -> Species:
    ancestor = document["evolves_from_species"]
    return Species(
        id=document["id"],
        name=document["name"],
        order=document["order"],
        color=document["color"]["name"],
        habitat=document["habitat"] and document["habitat"]["name"],
        shape=document["shape"] and document["shape"]["name"],
        growth_rate=document["growth_rate"]["name"],
        capture_rate=document["capture_rate"],
        base_happiness=document["base_happiness"],
        hatch_counter=document["hatch_counter"],
        gender_rate=document["gender_rate"],
        is_baby=document["is_baby"],
        is_legendary=document["is_legendary"],
        is_mythical=document["is_mythical"],
        evolves_from=ancestor and source.number(ancestor),
    )


def _type(document: Document) -> Type:
    def dealt(relation: str) -> tuple[str, ...]:
        return tuple(link["name"] for link in document["damage_relations"][relation])

    return Type(
        id=document["id"],
        name=document["name"],
        generation=document["generation"]["name"],
        double_damage_to=dealt("double_damage_to"),
        half_damage_to=dealt("half_damage_to"),
        no_damage_to=dealt("no_damage_to"),
    )


def _report(data: Dataset, source: Source, real: dict[str, list[Document]] | None) -> bool:
    differences: list[str] = []
    for comparison in check.compare(data, source, real):
        differences += comparison.differences
        sys.stdout.write(
            f"{comparison.resource}: {comparison.documents} documents, {comparison.fields} fields compared, "
            f"{len(comparison.differences)} differences\n"
        )
    for difference in differences[:MAX_LISTED_DIFFERENCES]:
        sys.stdout.write(f"  {difference}\n")
    return not differences


def main(arguments: list[str] | None = None) -> int:
    """Exit with 0 if the dataset matches the source, 1 if it differs or the source cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m pokeapi_replica.build", description="Build the dataset, or compare it with a PokéAPI."
    )
    parser.add_argument("--out", type=Path, default=dataset.DATA, help="data folder (default: the package's)")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--source", metavar="URL", help="build the dataset from this PokéAPI")
    action.add_argument("--check", metavar="URL", help="compare the dataset with this PokéAPI")
    options = parser.parse_args(arguments)
    source = Source(options.source or options.check)
    try:
        if options.check:
            return 0 if _report(dataset.load(options.out), source, None) else 1
        real = gather(source)
        dataset.save(to_dataset(real, source), options.out)
        return 0 if _report(dataset.load(options.out), source, real) else 1
    except SourceError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
