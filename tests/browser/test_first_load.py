"""The site stays light."""

import pytest

from tests.browser.first_load import first_loads

LIMIT_BYTES = 200_000


@pytest.mark.usefixtures("site")  # which exports it
def test_no_page_loads_more_than_200_kb_of_compressed_javascript() -> None:
    loads = first_loads()
    assert loads
    assert {page: size for page, size in loads.items() if not 100_000 < size < LIMIT_BYTES} == {}
