"""How the Durable HTTP API's requests are read and its answers written, for instances and entities alike."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from devhost.web import Request, Response

CONTINUATION_TOKEN = "x-ms-continuation-token"  # noqa: S105 - a header's name
FORBIDDEN_IN_IDS = re.compile(r"[/\\#?\x00-\x1f\x7f-\x9f]")  # keys of Azure's tables cannot have them
_DEFAULT_PAGE_SIZE = 100


class Query:
    """A request's query: names ignore case, and a value that is none is a ValueError for a person to read."""

    def __init__(self, request: Request) -> None:
        self._values = {name.lower(): value for name, value in parse_qsl(request.query)}

    def text(self, name: str, default: str = "") -> str:
        """The value, or ``default`` where it is not given."""
        return self._values.get(name.lower(), default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Whether the value is ``true``."""
        return self.text(name, str(default)).lower() == "true"

    def page_size(self) -> int:
        """The value of ``top``."""
        text = self.text("top", str(_DEFAULT_PAGE_SIZE))
        if not text.isdecimal() or int(text) < 1:
            raise ValueError(f"top must be a whole number above 0, not {text!r}")
        return int(text)

    def seconds(self, name: str) -> float | None:
        """The value in seconds, None where it is not given."""
        text = self.text(name)
        if not text:
            return None
        try:
            return max(0.0, float(text))
        except ValueError as error:
            raise ValueError(f"{name} must be a number of seconds, not {text!r}") from error

    def time(self, name: str) -> datetime | None:
        """The moment in UTC, None where it is not given; one without a zone is UTC."""
        text = self.text(name)
        if not text:
            return None
        try:
            # A "+" that nobody escaped arrives as a space.
            moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        except ValueError as error:
            raise ValueError(f"{name} is not an ISO 8601 time: {text!r}") from error
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def json_answer(status: int, body: Any, headers: list[tuple[str, str]] | None = None) -> Response:
    """A response with a JSON body."""
    return raw_json_answer(status, json.dumps(body), headers)


def raw_json_answer(status: int, text: str, headers: list[tuple[str, str]] | None = None) -> Response:
    """A response with a body that is JSON already."""
    return Response(
        status, text.encode(), [("content-type", "application/json; charset=utf-8"), *(headers or [])]
    )


def page_answer(body: Any, continuation_token: str) -> Response:
    """A page of a list, with the token for the next page where there is one."""
    return json_answer(200, body, [(CONTINUATION_TOKEN, continuation_token)] if continuation_token else [])


def refusal(status: int, text: str) -> Response:
    """An error, as ASP.NET shapes it."""
    return json_answer(status, {"Message": text})


def json_body(request: Request) -> str:
    """The body, which must be JSON, as text. Raises ValueError for any other."""
    try:
        json.loads(request.body)
    except ValueError as error:
        raise ValueError("the body is not JSON") from error
    return request.body.decode()


def typed_json_body(request: Request) -> str:
    """The same where the content type must say so too."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ValueError("only application/json request content is supported")
    return json_body(request)


def parsed(text: str) -> Any:
    """What a payload means; one that is not JSON is itself."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
