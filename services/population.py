"""The Pokémon that a request is about."""

from dataclasses import dataclass

from adapters.pokeapi_catalog import Catalog
from domain.errors import PokeApiError
from domain.pokedex import PokemonRef
from domain.report import ReportRequest
from domain.selection import population, sample
from domain.unknown_names import unknown_name


class UnknownNameError(Exception):
    """The request names a type or a generation that does not exist. The message says which there are.

    ``field`` is the field of the request.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Selection:
    """The Pokémon of a report by id, and the number of those that match the filters."""

    chosen: list[PokemonRef]
    available: int


def select(catalog: Catalog, request: ReportRequest) -> Selection:
    """Apply the filters, and draw the sample. Raises UnknownNameError and PokeApiError."""
    candidates = find_population(catalog, request)
    return Selection(sample(candidates, request.sample_size, request.seed), len(candidates))


def find_population(catalog: Catalog, request: ReportRequest) -> list[PokemonRef]:
    """Before a sample is drawn, by id. Raises UnknownNameError and PokeApiError."""
    types = catalog.types() if request.type else {}
    generations = catalog.generations() if request.generation else {}
    if request.type and request.type not in types:
        raise UnknownNameError("type", unknown_name("type", request.type, types))
    if request.generation and request.generation not in generations:
        raise UnknownNameError("generation", unknown_name("generation", request.generation, generations))
    return population(
        catalog.type(types[request.type]).pokemon if request.type else catalog.all_pokemon(),
        generation=catalog.generation(generations[request.generation]) if request.generation else None,
        species_names=catalog.species_names() if request.generation else frozenset(),
        include_forms=request.include_forms,
    )


def expected_size(cached: Catalog, request: ReportRequest) -> int | None:
    """The number of Pokémon in the report, or at least its upper limit, or None if nothing is known."""
    try:
        found = len(find_population(cached, request))
    except (PokeApiError, UnknownNameError):
        return request.sample_size
    return found if request.sample_size is None else min(found, request.sample_size)
