"""Identifies the caller: a signed-in user, or a visitor."""

import base64
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import azure.functions as func

from adapters.settings import client_principal_is_trusted
from domain.owners import owner_of_user, owner_of_visitor
from triggers import visitor_identity
from triggers.responses import Problem

ANONYMOUS = "anonymous"
CLIENT_PRINCIPAL = "x-ms-client-principal"
NAME_IDENTIFIER = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"


@dataclass(frozen=True)
class Caller:
    """``owner`` owns the caller's reports. ``visitor`` is the caller's identity when not signed in."""

    owner: str
    is_signed_in: bool
    visitor: str | None
    new_token: str | None = None
    """The token of a caller who had no identity, to be returned to them."""

    def remembered(self, request: func.HttpRequest, response: func.HttpResponse) -> func.HttpResponse:
        """The response, with the caller's new identity if there is one."""
        if self.new_token is None:
            return response
        return visitor_identity.remember(request, response, self.new_token)


def identify(request: func.HttpRequest) -> Caller:
    """Raises Problem if the request has an identity that is malformed."""
    user = _user(request)
    token = visitor_identity.token_of(request)
    visitor = owner_of_visitor(token) if token else None
    if user:
        return Caller(user, is_signed_in=True, visitor=visitor)
    if visitor:
        return Caller(visitor, is_signed_in=False, visitor=visitor)
    token = visitor_identity.new_token()
    owner = owner_of_visitor(token)
    return Caller(owner, is_signed_in=False, visitor=owner, new_token=token)


def _user(request: func.HttpRequest) -> str | None:
    """A hash of the signed-in user's identity, or None.

    The platform sends the user as base64 JSON: Static Web Apps with ``identityProvider`` and
    ``userId``, App Service with ``auth_typ`` and a list of claims. Raises Problem if the header names no
    user: as a visitor, a signed-in user would not find their reports. Sources: Microsoft's "Access user
    information in Azure Static Web Apps" and "Work with user identities in App Service".
    """
    header = request.headers.get(CLIENT_PRINCIPAL)
    if not header or not client_principal_is_trusted():
        return None
    try:
        principal = json.loads(base64.b64decode(header, validate=True))
        if principal.get("userRoles") == [ANONYMOUS]:
            return None
        return owner_of_user(*_identity(principal))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-principal",
            "The signed-in user cannot be identified",
            f"{CLIENT_PRINCIPAL} must be base64-encoded JSON that identifies a user. Sign in again.",
        ) from error


def _identity(principal: Any) -> tuple[str, str]:
    # Static Web Apps' form comes first: principals in this form can have claims as well.
    if "identityProvider" in principal:
        provider, user = principal["identityProvider"], principal["userId"]
    else:
        claims = {claim["typ"]: claim["val"] for claim in principal["claims"]}
        provider, user = principal["auth_typ"], claims[NAME_IDENTIFIER]
    if not isinstance(provider, str) or not isinstance(user, str) or not user:
        raise ValueError("the principal identifies no user")
    return provider, user
