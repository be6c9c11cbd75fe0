"""Builds the row of one Pokémon."""

from collections.abc import Sequence

from domain.columns import Facts, read_row
from domain.csv_format import cell
from domain.messages import Row


def row_of(facts: Facts, columns: Sequence[str], pokemon_id: int) -> Row:
    """The cells, as CSV text, in the order of the columns."""
    return Row(pokemon_id, tuple(cell(value) for value in read_row(facts, columns)))
