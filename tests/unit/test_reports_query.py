from urllib.parse import urlencode

import azure.functions as func
import pytest

from triggers.request_body import read_query
from triggers.responses import Problem
from triggers.schemas import MAX_NAME_LENGTH, ReportsQuery


def read(**parameters: str) -> ReportsQuery:
    request = func.HttpRequest("GET", f"/api/reports?{urlencode(parameters)}", params=parameters, body=b"")
    return read_query(request, ReportsQuery)


def test_a_type_that_is_longer_than_any_name_never_reaches_the_storage() -> None:
    """The storage rejects long filters, which would look like an outage."""
    assert read(type="a" * MAX_NAME_LENGTH).type == "a" * MAX_NAME_LENGTH
    with pytest.raises(Problem) as caught:
        read(type="a" * (MAX_NAME_LENGTH + 1))
    assert caught.value.status == 400
    assert caught.value.body["errors"][0]["pointer"] == "/type"
