"""Whose reports a request may see: those of the signed-in user, or those of nobody in particular."""

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
    """A key that names the user without keeping who it is; ``anonymous`` where nobody signed in.

    The platform sends the user as base64 JSON: Static Web Apps with ``identityProvider`` and
    ``userId``, App Service with ``auth_typ`` and a list of claims. A user who cannot be told is
    refused: as ``anonymous`` they would see what others made. Sources: Microsoft's "Access user
    information in Azure Static Web Apps" and "Work with user identities in App Service".
    """
    header = request.headers.get(CLIENT_PRINCIPAL)
    if not header or not client_principal_is_trusted():
        return ANONYMOUS
    try:
        principal = json.loads(base64.b64decode(header))
        if principal.get("userRoles") == [ANONYMOUS]:
            return ANONYMOUS
        provider, user = _identity(principal)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-principal",
            "The signed-in user cannot be told",
            f"The header {CLIENT_PRINCIPAL} is not base64-encoded JSON that names a user.",
        ) from fault
    return "user-" + hashlib.sha256(f"{provider}\n{user}".encode()).hexdigest()[:32]


def _identity(principal: Any) -> tuple[str, str]:
    # Static Web Apps' form first: one with both was seen to have claims beside it.
    if "identityProvider" in principal:
        provider, user = principal["identityProvider"], principal["userId"]
    else:
        claims = {claim["typ"]: claim["val"] for claim in principal["claims"]}
        provider, user = principal["auth_typ"], claims[NAME_IDENTIFIER]
    if not isinstance(provider, str) or not isinstance(user, str) or not user:
        raise ValueError("the principal names no user")
    return provider, user
