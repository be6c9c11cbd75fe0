"""What PokéAPI has: the resources that the app reads, from PokéAPI or only from the cache."""

from abc import ABC, abstractmethod
from functools import partial

from adapters import pokeapi_documents as documents
from adapters.pokeapi_cache import Resource
from domain.pokedex import Generation, Pokemon, PokemonRef, PokemonType, Species

POKEMON = Resource("pokemon", "pokemon/{}", documents.pokemon, Pokemon)
SPECIES = Resource("pokemon-species", "pokemon-species/{}", documents.species, Species)
TYPE = Resource("type", "type/{}", documents.pokemon_type, PokemonType)
GENERATION = Resource("generation", "generation/{}", documents.generation, Generation)
MAX_ENTRIES = 100_000
"""The entries that are requested of a list. PokéAPI returns 20 per page by default, and has no maximum."""
MAX_FILTERS = 100
"""A list of types or generations is longer than this only if it is false. PokéAPI has 21 and 9."""
MAX_LIST_BYTES = 16 * 1024 * 1024
"""The largest list that is read, decoded: MAX_ENTRIES of 160 bytes. PokéAPI's 1,351 Pokémon take 74 KB."""
_LISTS = {
    name: Resource(
        f"{name}-list",
        f"{name}/?limit={MAX_ENTRIES}",
        partial(documents.names, most=most),
        dict[str, int],
        MAX_LIST_BYTES,
    )
    for name, most in (
        ("pokemon", MAX_ENTRIES),
        ("pokemon-species", MAX_ENTRIES),
        ("type", MAX_FILTERS),
        ("generation", MAX_FILTERS),
    )
}


class Catalog(ABC):
    """Its methods raise PokeApiError if a document is not available."""

    @abstractmethod
    def get[T](self, resource: Resource[T], number: int) -> T: ...

    def type(self, type_id: int) -> PokemonType:
        return self.get(TYPE, type_id)

    def generation(self, generation_id: int) -> Generation:
        return self.get(GENERATION, generation_id)

    def all_pokemon(self) -> tuple[PokemonRef, ...]:
        return tuple(PokemonRef(number, name) for name, number in self._list("pokemon").items())

    def species_names(self) -> frozenset[str]:
        return frozenset(self._list("pokemon-species"))

    def types(self) -> dict[str, int]:
        """The ids of all types by name."""
        return self._list("type")

    def generations(self) -> dict[str, int]:
        """The ids of all generations by name."""
        return self._list("generation")

    def _list(self, resource: str) -> dict[str, int]:
        return self.get(_LISTS[resource], 0)
