"""The app over HTTP, where not being answered is an answer too."""

from typing import Any

import requests

from tools.chaos.findings import Findings
from tools.chaos.system import System

NO_ANSWER = "none"


class Api:
    """One per thread. ``findings`` counts the answers."""

    def __init__(self, system: System, findings: Findings, *, patience_seconds: float = 60) -> None:
        self._system = system
        self._session = requests.Session()
        self._patience_seconds = patience_seconds
        self._findings = findings

    def call(self, method: str, path: str, **arguments: Any) -> requests.Response | None:
        """The answer, or None where the connection was refused or broke off, or patience ran out."""
        url = f"{self._system.host_url}/api{path}"
        try:
            answer = self._session.request(method, url, timeout=self._patience_seconds, **arguments)
        except requests.RequestException:
            self._findings.answered(NO_ANSWER)
            return None
        self._findings.answered(str(answer.status_code))
        return answer
