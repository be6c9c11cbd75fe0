import base64
import gzip
import hashlib
import re

import azure.functions as func
import pytest

from triggers import documentation
from triggers.documentation import get_docs_asset

PAGE = (documentation.FOLDER / "index.html").read_text("utf-8")
INTEGRITY = dict(re.findall(r'"docs/(\S+)"\s+integrity="(\S+)"', PAGE))


def get_asset(name: str) -> func.HttpResponse:
    request = func.HttpRequest("GET", f"/api/docs/{name}", route_params={"asset": name}, body=b"")
    response: func.HttpResponse = get_docs_asset.build().get_user_function()(request)
    return response


def test_the_page_has_a_hash_for_each_file_of_swagger_ui() -> None:
    assert set(INTEGRITY) == {"swagger-ui-bundle.js", "swagger-ui.css"}


@pytest.mark.parametrize("name", INTEGRITY)
def test_the_files_of_swagger_ui_match_the_hashes_in_the_page(name: str) -> None:
    content = gzip.decompress(get_asset(name).get_body())

    digest = hashlib.sha384(content).digest()

    assert INTEGRITY[name] == f"sha384-{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize("name", documentation.ASSETS)
def test_every_file_of_the_page_is_compressed_and_cached(name: str) -> None:
    response = get_asset(name)

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("name", ["index.html", "../openapi.py", ""])
def test_an_unknown_file_is_not_found(name: str) -> None:
    response = get_asset(name)

    assert response.status_code == 404
    assert b"urn:poke-queue:problem:no-such-file" in response.get_body()
