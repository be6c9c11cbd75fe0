"""``python -m tests.browser.icons``: draw the icons of the installed site from ``web/src/app/icon.svg``."""

import sys

from tests.browser import chromium
from tools.local.site import WEB

LOGO = WEB / "src/app/icon.svg"
ICONS = WEB / "public/icons"
PAPER = "#f8f6f1"
# Devices may cut a maskable icon down to a circle of 80 % of its width.
SIZES = {
    ICONS / "icon-192.png": (192, 1.0, "transparent"),
    ICONS / "icon-512.png": (512, 1.0, "transparent"),
    ICONS / "maskable-512.png": (512, 0.66, PAPER),
    WEB / "src/app/apple-icon.png": (180, 0.8, PAPER),
}


def main() -> int:
    ICONS.mkdir(parents=True, exist_ok=True)
    with chromium.running() as browser:
        page = browser.new_page()
        for path, (size, scale, background) in SIZES.items():
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(
                '<body style="margin:0;height:100vh;display:grid;place-items:center;'
                f'background:{background}">'
                f'<div style="width:{size * scale}px">{LOGO.read_text(encoding="utf-8")}</div>'
            )
            page.screenshot(path=path, omit_background=True)
            sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
