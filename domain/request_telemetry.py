"""The events of requests that start no orchestration; ``domain/telemetry.py`` has the others."""

from dataclasses import dataclass
from typing import Annotated, Literal

from domain.telemetry import Event

PreviewOutcome = Literal["shown", "unavailable"]


@dataclass(frozen=True, kw_only=True)
class ReportPreviewed(Event):
    """The first rows of a report were requested, which is not created by that. unavailable: PokéAPI did not
    return a document that they need."""

    name = "report_previewed"
    phase = "preview"
    outcome: PreviewOutcome
    pokemon: Annotated[int, "Pokémon of the report; 0 unless the outcome is shown"]
    rows: Annotated[int, "rows that were shown"]
    duration_ms: Annotated[float, "from the request to the outcome"]

    @property
    def message(self) -> str:
        return f"A report of {self.pokemon} Pokémon was previewed: {self.outcome}."


@dataclass(frozen=True, kw_only=True)
class SharingChanged(Event):
    """A report got a share link, or its link was revoked. Not emitted if nothing changed."""

    name = "sharing_changed"
    phase = "share"
    outcome: Literal["shared", "revoked"]
    report_id: str

    @property
    def message(self) -> str:
        return f"Report {self.report_id}: its link was {self.outcome}."
