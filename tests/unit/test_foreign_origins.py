import azure.functions as func
import pytest

from triggers.responses import json_response, problem_details

EVIL = "https://evil.example"
OWN = "https://poke.example"


def status(method: str, **headers: str) -> int:
    @problem_details
    def handler(_: func.HttpRequest) -> func.HttpResponse:
        return json_response({})

    sent = {"Host": "func-poke.azurewebsites.net", "x-ms-original-url": f"{OWN}/api/reports", **headers}
    response = handler(func.HttpRequest(method, "/api/reports", headers=sent, body=b""))
    return int(response.status_code)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": f"{OWN}.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://other.poke.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": OWN},
    ],
)
def test_a_page_of_another_site_cannot_change_anything(method: str, headers: dict[str, str]) -> None:
    assert status(method, **headers) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OWN},
        {"Origin": "https://func-poke.azurewebsites.net"},
        {"Origin": "https://www.poke.example", "X-Forwarded-Host": "www.poke.example"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_the_sites_own_pages_and_other_clients_can(headers: dict[str, str]) -> None:
    assert status("POST", **headers) == 200


def test_reading_is_allowed_from_anywhere() -> None:
    assert status("GET", **{"Origin": EVIL, "Sec-Fetch-Site": "cross-site"}) == 200
