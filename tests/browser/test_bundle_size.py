"""The pages load little JavaScript."""

import pytest

from tests.browser.bundle_size import page_sizes

LIMIT_BYTES = 200_000


@pytest.mark.usefixtures("site")  # exports the site
def test_no_page_loads_more_than_200_kb_of_compressed_javascript() -> None:
    sizes = page_sizes()
    assert sizes
    assert {page: size for page, size in sizes.items() if not 100_000 < size < LIMIT_BYTES} == {}
