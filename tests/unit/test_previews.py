import json

import azure.functions as func
import pytest

from adapters import dependencies
from adapters.pokeapi import PokeApi
from domain.errors import PokeApiUnavailableError
from triggers.previews import preview_report


class RecoveringPokeApi(PokeApi):
    """Is unavailable when the names of a request are validated, and available after that."""

    def __init__(self) -> None:
        self.available = False

    def types(self) -> dict[str, int]:
        if not self.available:
            self.available = True
            raise PokeApiUnavailableError("PokéAPI did not respond.")
        return {"fire": 10, "water": 11}


def test_a_name_that_could_not_be_validated_is_an_error_of_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "pokeapi_for_requests", RecoveringPokeApi)
    request = func.HttpRequest(
        "POST", "/api/previews", headers={"Content-Type": "application/json"}, body=b'{"type": "watr"}'
    )

    response: func.HttpResponse = preview_report.build().get_user_function()(request)

    assert response.status_code == 400
    (error,) = json.loads(response.get_body())["errors"]
    assert error["pointer"] == "/type"
    assert "Did you mean 'water'?" in error["detail"]
