"""Reads requests and creates responses of the Durable HTTP API, for instances and entities."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from devhost.http_messages import Request, Response

CONTINUATION_TOKEN = "x-ms-continuation-token"  # noqa: S105 - a header's name
FORBIDDEN_IN_IDS = re.compile(r"[/\\#?\x00-\x1f\x7f-\x9f]")  # not allowed in the keys of Azure tables
_DEFAULT_PAGE_SIZE = 100


class Query:
    """The query string of a request. Names ignore case; an invalid value raises ValueError with a message."""

    def __init__(self, request: Request) -> None:
        self._values = {name.lower(): value for name, value in parse_qsl(request.query)}

    def text(self, name: str, default: str = "") -> str:
        """The value, or ``default`` if it is absent."""
        return self._values.get(name.lower(), default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Whether the value is ``true``."""
        return self.text(name, str(default)).lower() == "true"

    def page_size(self) -> int:
        """The value of ``top``."""
        text = self.text("top", str(_DEFAULT_PAGE_SIZE))
        if not text.isdecimal() or int(text) < 1:
            raise ValueError(f"top must be a whole number greater than 0; got {text!r}")
        return int(text)

    def seconds(self, name: str) -> float | None:
        """The value in seconds, or None if it is absent."""
        text = self.text(name)
        if not text:
            return None
        try:
            return max(0.0, float(text))
        except ValueError as error:
            raise ValueError(f"{name} must be a number of seconds; got {text!r}") from error

    def time(self, name: str) -> datetime | None:
        """The value as a time in UTC, or None if it is absent. A time without a zone is in UTC."""
        text = self.text(name)
        if not text:
            return None
        try:
            # An unescaped "+" arrives as a space.
            moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        except ValueError as error:
            raise ValueError(f"{name} must be an ISO 8601 time; got {text!r}") from error
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def json_response(status: int, body: Any, headers: list[tuple[str, str]] | None = None) -> Response:
    """A response with a JSON body."""
    return raw_json_response(status, json.dumps(body), headers)


def raw_json_response(status: int, text: str, headers: list[tuple[str, str]] | None = None) -> Response:
    """A response with a body that is already JSON."""
    return Response(
        status, text.encode(), [("content-type", "application/json; charset=utf-8"), *(headers or [])]
    )


def page_response(body: Any, continuation_token: str) -> Response:
    """A page of a list, with the continuation token if there is a next page."""
    return json_response(200, body, [(CONTINUATION_TOKEN, continuation_token)] if continuation_token else [])


def error_response(status: int, message: str) -> Response:
    """An error in ASP.NET's format."""
    return json_response(status, {"Message": message})


def json_body(request: Request) -> str:
    """The body as text. Raises ValueError if it is not JSON."""
    try:
        json.loads(request.body)
    except ValueError as error:
        raise ValueError("the body must be JSON") from error
    return request.body.decode()


def typed_json_body(request: Request) -> str:
    """The body as text. Raises ValueError if it is not JSON or its content type is not application/json."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ValueError("only application/json request content is supported")
    return json_body(request)


def decode(text: str) -> Any:
    """Decode a payload; text that is not JSON is returned unchanged."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
