"""The HTTP API of a deployment as Python calls: what is asked, and what may be asked twice."""

from hashlib import sha256
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import quote

import requests

from .faults import NoSuchReportError, UnreachableError
from .patience import Patience, TroubleError
from .transport import Transport, body_of, unless_refused

LARGEST_PAGE = 100
CHUNK_BYTES = 64 * 1024
REPORT_FIELDS = ("id", "status", "request", "progress", "result", "failures", "warnings", "error", "links")

type Json = dict[str, Any]


class Api:
    """Reports are the API's JSON, unchanged.

    Every method may raise RefusedError, NoSuchReportError or UnreachableError. What may be sent again
    when its answer is lost is, as long as ``patience`` lasts.
    """

    def __init__(self, transport: Transport, patience: Patience) -> None:
        self._transport = transport
        self._patience = patience

    @property
    def asked_to_wait(self) -> float:
        """How many seconds the last answer asked to wait before the next request; 0 where it did not."""
        return self._transport.asked_to_wait

    def create(self, request: Json, key: str) -> Json:
        """Ask for a report. With the same key and request it is the same report, however often."""
        headers = {"Idempotency-Key": key}
        return _report(self._ask("POST", "api/reports", json=request, headers=headers))

    def show(self, report_id: str) -> Json:
        return _report(self._ask("GET", _path(report_id)))

    def page(self, limit: int, cursor: str | None, filters: Json) -> tuple[list[Json], str | None]:
        """Reports, newest first, and the cursor of the next page; ``limit`` is 1 to LARGEST_PAGE."""
        answer = self._ask("GET", "api/reports", params={"limit": limit, "cursor": cursor, **filters})
        body = body_of(answer, "reports", "next_cursor")
        return body["reports"], body["next_cursor"]

    def cancel(self, report_id: str) -> Json:
        """Stop a report. One that is stopped already, perhaps by a call whose answer was lost, is fine."""
        answer = self._answer("POST", f"{_path(report_id)}/cancel")
        if answer.status_code == HTTPStatus.CONFLICT:
            report = self.show(report_id)
            if report["status"] in {"canceling", "canceled"}:
                return report
        return _report(unless_refused(answer))

    def retry(self, report_id: str) -> Json:
        """Ask for the report once more. Not sent again where it may have arrived: that would make two."""

        def attempt() -> requests.Response:
            try:
                return self._transport.attempt("POST", f"{_path(report_id)}/retry")
            except TroubleError as trouble:
                if trouble.may_have_acted:
                    doubt = "Whether the report is being made again is not known: `poke list` shows it."
                    raise UnreachableError(f"{trouble.fault} {doubt}") from trouble
                raise

        return _report(unless_refused(self._patience.persist(attempt)))

    def delete(self, report_id: str) -> None:
        """Delete a report. One that is gone once an answer was lost counts as deleted."""
        troubled = False

        def attempt() -> requests.Response:
            nonlocal troubled
            try:
                return self._transport.attempt("DELETE", _path(report_id))
            except TroubleError:
                troubled = True
                raise

        answer = self._patience.persist(attempt)
        if not (troubled and answer.status_code == HTTPStatus.NOT_FOUND):
            unless_refused(answer)

    def types(self) -> Json:
        return body_of(self._ask("GET", "api/types"), "types")

    def generations(self) -> Json:
        return body_of(self._ask("GET", "api/generations"), "generations")

    def health(self) -> Json:
        """The state of the server's dependencies; that one of them cannot be reached is an answer too."""
        ill = HTTPStatus.SERVICE_UNAVAILABLE
        answer = self._answer("GET", "api/health", answers={ill})
        return body_of(
            answer if answer.status_code == ill else unless_refused(answer), "status", "dependencies"
        )

    def copy_csv(self, link: str, file: IO[bytes]) -> str:
        """Write what a report's download link leads to into an empty file; returns its SHA-256 in hex."""
        return self._patience.persist(lambda: self._copy_csv(link, file))

    def _copy_csv(self, link: str, file: IO[bytes]) -> str:
        answer = self._transport.attempt("GET", link, stream=True)
        if answer.is_redirect:
            answer = self._transport.attempt("GET", answer.headers["Location"], stream=True)
        unless_refused(answer)
        file.seek(0)
        file.truncate()
        digest = sha256()
        with self._transport.telling_troubles():
            for chunk in answer.iter_content(CHUNK_BYTES):
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()

    def _ask(self, method: str, path: str, **request: Any) -> requests.Response:
        return unless_refused(self._answer(method, path, **request))

    def _answer(self, method: str, path: str, **request: Any) -> requests.Response:
        return self._patience.persist(lambda: self._transport.attempt(method, path, **request))


def _report(answer: requests.Response) -> Json:
    return body_of(answer, *REPORT_FIELDS)


def _path(report_id: str) -> str:
    if not report_id.strip("."):
        # "." and ".." would be taken out of the path on the way, and name something else.
        raise NoSuchReportError(f"There is no report {report_id!r}.")
    return f"api/reports/{quote(report_id, safe='')}"
