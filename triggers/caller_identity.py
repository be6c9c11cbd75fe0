"""Reads the caller's identity from the header that the platform adds to the request."""

import base64
import hashlib
import json
from http import HTTPStatus
from typing import Any

import azure.functions as func

from adapters.settings import client_principal_is_trusted
from triggers.responses import Problem

ANONYMOUS = "anonymous"
CLIENT_PRINCIPAL = "x-ms-client-principal"
NAME_IDENTIFIER = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"


def owner_of(request: func.HttpRequest) -> str:
    """The owner of the caller's reports: a hash of the user's identity, or ``anonymous``.

    The platform sends the user as base64 JSON: Static Web Apps with ``identityProvider`` and
    ``userId``, App Service with ``auth_typ`` and a list of claims. Raises Problem if the header names no
    user: as ``anonymous``, a signed-in user would see the reports of others. Sources: Microsoft's "Access
    user information in Azure Static Web Apps" and "Work with user identities in App Service".
    """
    header = request.headers.get(CLIENT_PRINCIPAL)
    if not header or not client_principal_is_trusted():
        return ANONYMOUS
    try:
        principal = json.loads(base64.b64decode(header))
        if principal.get("userRoles") == [ANONYMOUS]:
            return ANONYMOUS
        provider, user = _identity(principal)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-principal",
            "The signed-in user cannot be identified",
            f"{CLIENT_PRINCIPAL} must be base64-encoded JSON that identifies a user. Sign in again.",
        ) from error
    return "user-" + hashlib.sha256(f"{provider}\n{user}".encode()).hexdigest()[:32]


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
