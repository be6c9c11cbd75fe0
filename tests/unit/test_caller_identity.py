import base64
import json
from http import HTTPStatus
from typing import Any

import azure.functions as func
import pytest

from domain.owners import owner_of_visitor
from triggers.caller_identity import identify
from triggers.responses import Problem
from triggers.visitor_identity import VISITOR_HEADER

OCTOCAT = {
    "identityProvider": "github",
    "userId": "abcd12345abcd012345abcdef0123450",
    "userDetails": "octocat",
    "userRoles": ["anonymous", "authenticated"],
}


@pytest.fixture(autouse=True)
def _untrusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBSITE_AUTH_ENABLED", raising=False)
    monkeypatch.delenv("TRUST_CLIENT_PRINCIPAL", raising=False)


@pytest.fixture
def _trusted(monkeypatch: pytest.MonkeyPatch, _untrusted: None) -> None:
    monkeypatch.setenv("TRUST_CLIENT_PRINCIPAL", "true")


def encoded(principal: Any) -> str:
    return base64.b64encode(json.dumps(principal).encode()).decode()


def request(header: str | None) -> func.HttpRequest:
    headers = {} if header is None else {"X-MS-Client-Principal": header}
    return func.HttpRequest("GET", "/api/reports", headers=headers, body=b"")


def owner(principal: Any) -> str:
    return identify(request(encoded(principal))).owner


@pytest.mark.usefixtures("_trusted")
def test_the_owner_of_a_signed_in_user_does_not_change_between_releases() -> None:
    assert owner(OCTOCAT) == "user-51d6ffe98dc7529ae11bb78924ecad09"


@pytest.mark.usefixtures("_trusted")
def test_a_user_with_another_name_and_other_roles_is_the_same_owner() -> None:
    renamed = {**OCTOCAT, "userDetails": "hubot", "userRoles": ["anonymous", "authenticated", "admin"]}

    assert owner(renamed) == owner(OCTOCAT)


@pytest.mark.usefixtures("_trusted")
def test_the_owner_does_not_contain_the_id_of_the_user() -> None:
    assert str(OCTOCAT["userId"]) not in owner(OCTOCAT)


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("change", [{"userId": "another"}, {"identityProvider": "aad"}])
def test_another_user_or_another_provider_is_another_owner(change: dict[str, str]) -> None:
    assert owner({**OCTOCAT, **change}) != owner(OCTOCAT)


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("header", [None, ""])
def test_a_caller_who_is_not_signed_in_is_a_visitor(header: str | None) -> None:
    caller = identify(request(header))
    assert caller.owner.startswith("visitor-")
    assert not caller.is_signed_in


@pytest.mark.usefixtures("_trusted")
def test_a_principal_whose_only_role_is_anonymous_is_a_visitor() -> None:
    assert owner({**OCTOCAT, "userRoles": ["anonymous"]}).startswith("visitor-")


@pytest.mark.usefixtures("_trusted")
def test_a_signed_in_user_keeps_their_visitor_identity_beside_the_account() -> None:
    headers = {"X-MS-Client-Principal": encoded(OCTOCAT), VISITOR_HEADER: "A" * 22}
    caller = identify(func.HttpRequest("GET", "/api/reports", headers=headers, body=b""))
    assert (caller.is_signed_in, caller.owner) == (True, owner(OCTOCAT))
    assert caller.visitor == owner_of_visitor("A" * 22)


@pytest.mark.usefixtures("_trusted")
def test_the_identity_provider_takes_precedence_over_claims() -> None:
    assert owner({**OCTOCAT, "claims": []}) == owner(OCTOCAT)


APP_SERVICE = {
    "auth_typ": "aad",
    "claims": [
        {"typ": "name", "val": "Octo Cat"},
        {
            "typ": "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier",
            "val": "c0ffee",
        },
    ],
}


@pytest.mark.usefixtures("_trusted")
def test_a_user_of_app_service_authentication_is_identified_by_their_name_identifier() -> None:
    other_user = {**APP_SERVICE, "claims": [{**APP_SERVICE["claims"][1], "val": "another"}]}  # type: ignore[dict-item]

    assert owner(APP_SERVICE).startswith("user-")
    assert owner(APP_SERVICE) != owner(other_user)
    assert owner({**APP_SERVICE, "claims": APP_SERVICE["claims"][1:]}) == owner(APP_SERVICE)


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(
    "principal",
    [
        {**OCTOCAT, "userId": ""},
        {**OCTOCAT, "userId": None},
        {**OCTOCAT, "identityProvider": None},
        {"auth_typ": "aad", "claims": [{"typ": "name", "val": "Octo Cat"}]},
        {"auth_typ": "aad", "claims": None},
        {},
        [],
    ],
)
def test_a_principal_that_identifies_no_user_is_rejected_and_not_a_visitor(principal: Any) -> None:
    with pytest.raises(Problem) as caught:
        owner(principal)

    assert caught.value.status == HTTPStatus.BAD_REQUEST


@pytest.mark.usefixtures("_trusted")
def test_a_principal_that_is_nested_too_deeply_is_rejected() -> None:
    header = base64.b64encode(b"[" * 200_000).decode()

    with pytest.raises(Problem) as caught:
        identify(request(header))

    assert caught.value.status == HTTPStatus.BAD_REQUEST


def test_the_header_is_ignored_unless_the_platform_authenticates_users() -> None:
    assert owner(OCTOCAT).startswith("visitor-")
    assert identify(request("neither base64 nor JSON")).owner.startswith("visitor-")


@pytest.mark.parametrize("name", ["WEBSITE_AUTH_ENABLED", "TRUST_CLIENT_PRINCIPAL"])
def test_either_setting_makes_the_app_trust_the_header(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "True")

    assert owner(OCTOCAT).startswith("user-")


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(
    "header",
    [
        "a",
        "é",
        base64.b64encode(b"{").decode(),
        base64.b64encode(b"\xff").decode(),
        encoded([OCTOCAT]),
        encoded("octocat"),
        encoded(None),
        f"{encoded(OCTOCAT)},{encoded({**OCTOCAT, 'userId': 'another'})}",
        encoded({**OCTOCAT, "userId": "\ud800"}),
        f" {encoded(OCTOCAT)}",
    ],
)
def test_a_principal_that_cannot_be_decoded_is_rejected_and_not_a_visitor(header: str) -> None:
    with pytest.raises(Problem) as caught:
        identify(request(header))

    assert caught.value.status is HTTPStatus.BAD_REQUEST
    assert caught.value.body["type"] == "urn:poke-queue:problem:invalid-principal"
