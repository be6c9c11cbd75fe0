"""What a page of the exported site loads before it can be used."""

import gzip
import re
from pathlib import Path

from tools.local.site import EXPORTED

# The polyfills are for browsers that know no modules, and no other loads them.
SCRIPT = re.compile(r'<script src="(/[^"]+\.js)"(?![^>]*noModule)')
PAGES = {"/": "index.html", "/report/": "report/index.html"}


def scripts_of(page: Path) -> dict[str, int]:
    """The bytes of each script that a page names, compressed as a server would at its best with gzip."""
    html = page.read_text(encoding="utf-8")
    names = set(SCRIPT.findall(html))
    return {name: len(gzip.compress((EXPORTED / name[1:]).read_bytes(), 9)) for name in names}


def first_loads() -> dict[str, int]:
    """Bytes of compressed JavaScript, by the page's address."""
    return {address: sum(scripts_of(EXPORTED / page).values()) for address, page in PAGES.items()}
