"""A client of Poke Queue's HTTP API, with retries where a request can be repeated safely."""

from hashlib import sha256
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import quote

import requests

from .errors import ReportNotFoundError
from .retry_policy import RetryableError, RetryPolicy
from .transport import Transport, ensure_success, json_body

MAX_PAGE_SIZE = 100
CHUNK_BYTES = 64 * 1024
REPORT_FIELDS = ("id", "status", "request", "progress", "result", "failures", "warnings", "error", "links")

type Json = dict[str, Any]


class Api:
    """The API's operations. Reports are the API's JSON, unchanged.

    Every method may raise RefusedError, ReportNotFoundError or UnreachableError.
    """

    def __init__(self, transport: Transport, retry_policy: RetryPolicy) -> None:
        self._transport = transport
        self._retry_policy = retry_policy

    @property
    def retry_after_seconds(self) -> float:
        """The ``Retry-After`` of the last response, or 0."""
        return self._transport.retry_after_seconds

    def create(self, request: Json, idempotency_key: str) -> Json:
        """Create a report. Calls with the same key and request return the same report.

        The key is known to the server only together with this client's identity, so that is obtained first.
        """
        if self._transport.lacks_visitor:
            self._request("GET", "api/visitor")
        headers = {"Idempotency-Key": idempotency_key}
        return _report(self._request("POST", "api/reports", json=request, headers=headers))

    def preview(self, request: Json) -> Json:
        """The first rows of the report that a request creates."""
        response = self._request("POST", "api/previews", json=request)
        return json_body(response, "request", "total", "columns", "rows")

    def get(self, report_id: str) -> Json:
        return _report(self._request("GET", _path(report_id)))

    def list_page(self, limit: int, cursor: str | None, filters: Json) -> tuple[list[Json], str | None]:
        """A page of reports, newest first, and the cursor of the next page.

        ``limit`` is 1 to MAX_PAGE_SIZE.
        """
        response = self._request("GET", "api/reports", params={"limit": limit, "cursor": cursor, **filters})
        body = json_body(response, "reports", "next_cursor")
        return body["reports"], body["next_cursor"]

    def cancel(self, report_id: str) -> Json:
        """Cancel a report. A report that is already canceled, such as by an earlier attempt, is a success."""
        response = self._send("POST", f"{_path(report_id)}/cancel")
        if response.status_code == HTTPStatus.CONFLICT:
            report = self.get(report_id)
            if report["status"] in {"canceling", "canceled"}:
                return report
        return _report(ensure_success(response))

    def retry(self, report_id: str, idempotency_key: str, *, only_missing: bool = False) -> Json:
        """Create the report again. Calls with the same key return the same new report."""
        body = {"only": "missing"} if only_missing else None
        headers = {"Idempotency-Key": idempotency_key}
        return _report(self._request("POST", f"{_path(report_id)}/retry", json=body, headers=headers))

    def delete(self, report_id: str) -> None:
        """Delete a report. A report that is not found after a failed attempt counts as deleted."""
        has_failed = False

        def attempt() -> requests.Response:
            nonlocal has_failed
            try:
                return self._transport.send("DELETE", _path(report_id))
            except RetryableError:
                has_failed = True
                raise

        response = self._retry_policy.run(attempt)
        if not (has_failed and response.status_code == HTTPStatus.NOT_FOUND):
            ensure_success(response)

    def share(self, report_id: str) -> Json:
        """The report with its link. Repeated calls return the same link."""
        return _report(self._request("PUT", f"{_path(report_id)}/share"))

    def unshare(self, report_id: str) -> None:
        self._request("DELETE", f"{_path(report_id)}/share")

    def types(self, filters: Json | None = None) -> Json:
        return json_body(self._request("GET", "api/types", params=filters), "types")

    def generations(self, filters: Json | None = None) -> Json:
        return json_body(self._request("GET", "api/generations", params=filters), "generations")

    def health(self) -> Json:
        """The status of the server's dependencies, also if one of them is unavailable."""
        unavailable = HTTPStatus.SERVICE_UNAVAILABLE
        response = self._send("GET", "api/health", accepted_statuses={unavailable})
        if response.status_code != unavailable:
            ensure_success(response)
        return json_body(response, "status", "dependencies")

    def download_csv(self, link: str, file: IO[bytes]) -> str:
        """Write the CSV behind a report's download link to an empty file. Returns its SHA-256 in hex."""
        return self._retry_policy.run(lambda: self._download_csv(link, file))

    def _download_csv(self, link: str, file: IO[bytes]) -> str:
        response = self._transport.send("GET", link, stream=True)
        if response.is_redirect:
            response = self._transport.send("GET", response.headers["Location"], stream=True)
        ensure_success(response)
        file.seek(0)
        file.truncate()
        digest = sha256()
        with self._transport.translating_errors():
            for chunk in response.iter_content(CHUNK_BYTES):
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()

    def _request(self, method: str, path: str, **request: Any) -> requests.Response:
        return ensure_success(self._send(method, path, **request))

    def _send(self, method: str, path: str, **request: Any) -> requests.Response:
        return self._retry_policy.run(lambda: self._transport.send(method, path, **request))


def _report(response: requests.Response) -> Json:
    return json_body(response, *REPORT_FIELDS)


def _path(report_id: str) -> str:
    if not report_id.strip("."):
        # URL resolution would remove "." and "..", and the request would go to another resource.
        raise ReportNotFoundError(f"There is no report {report_id!r}.")
    return f"api/reports/{quote(report_id, safe='')}"
