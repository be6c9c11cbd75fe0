"""Whose reports a request may see: those of the signed-in user, or those of nobody in particular."""

import base64
import hashlib
import json
from http import HTTPStatus

import azure.functions as func

from adapters.settings import client_principal_is_trusted
from triggers.responses import Problem

ANONYMOUS = "anonymous"
CLIENT_PRINCIPAL = "x-ms-client-principal"


def owner_of(request: func.HttpRequest) -> str:
    """A key that names the user without keeping who it is; ``anonymous`` where nobody signed in.

    Static Web Apps and App Service send the user as base64 JSON with ``identityProvider`` and
    ``userId``. Source: Microsoft's "Access user information in Azure Static Web Apps".
    """
    header = request.headers.get(CLIENT_PRINCIPAL)
    if not header or not client_principal_is_trusted():
        return ANONYMOUS
    try:
        principal = json.loads(base64.b64decode(header))
        provider, user = principal.get("identityProvider"), principal.get("userId")
    except (ValueError, AttributeError) as fault:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-principal",
            "The signed-in user cannot be told",
            f"The header {CLIENT_PRINCIPAL} is not base64-encoded JSON of a user.",
        ) from fault
    if not user:
        return ANONYMOUS
    return "user-" + hashlib.sha256(f"{provider}\n{user}".encode()).hexdigest()[:32]
