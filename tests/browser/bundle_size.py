"""The size of the JavaScript that a page of the exported site loads first."""

import gzip
import re
from pathlib import Path

from tools.local.site import EXPORTED

# Skips the polyfills, which only browsers without module support load.
SCRIPT = re.compile(r'<script src="(/[^"]+\.js)"(?![^>]*noModule)')
PAGES = {
    path: f"{path}index.html".lstrip("/")
    for path in ("/", "/es/", "/report/", "/es/report/", "/compare/", "/shared/", "/es/shared/")
}


def script_sizes(page: Path) -> dict[str, int]:
    """Return the gzip-compressed size in bytes of each script of a page."""
    html = page.read_text(encoding="utf-8")
    names = set(SCRIPT.findall(html))
    return {name: len(gzip.compress((EXPORTED / name[1:]).read_bytes(), 9)) for name in names}


def page_sizes() -> dict[str, int]:
    """Return the bytes of compressed JavaScript by page path."""
    return {path: sum(script_sizes(EXPORTED / page).values()) for path, page in PAGES.items()}
