"""``python -m tests.browser.measure``: measure the load times of the built site as Lighthouse does.

The site is served with gzip, as by Static Web Apps (its emulator does not compress), with the real API
behind it. Each figure is the median of several first visits, each with an empty cache.
"""

import gzip
import mimetypes
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import requests
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.bundle_size import page_sizes
from tests.e2e.client import Client
from tools.local import site, stack

VISITS = 5
# Lighthouse's "slow 4G" and mid-tier phone, as applied through the DevTools protocol.
SLOW_4G = {"latency": 562.5, "downloadThroughput": 1_474_560 / 8, "uploadThroughput": 675_000 / 8}
CONDITIONS = {
    "desktop": (1, None, {"width": 1350, "height": 940}),
    "phone, slow 4G, CPU 4× slower": (4, SLOW_4G, {"width": 412, "height": 823}),
}
OBSERVE = """
window.longTasks = [];
const pair = (entry) => [entry.startTime, entry.duration];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(pair)))
  .observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => { window.largest = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""
READ = """() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const blocking = window.longTasks.filter(([start]) => start >= first).map(([, duration]) => duration - 50);
  return [first, window.largest, blocking.reduce((sum, duration) => sum + duration, 0)];
}"""


def main() -> int:
    logs = stack.LOCAL_FOLDER / "measure"
    with stack.running(logs) as running, chromium.running() as browser:
        site.build(logs / "site-build.log")
        report = Client(running).make(type="electric")
        with _served(running.api_url) as url:
            sys.stdout.write(
                "| page | conditions | first contentful paint | largest | total blocking time |\n"
            )
            sys.stdout.write("|---|---|---|---|---|\n")
            visits_of = {
                "`/`": ("/", "en-GB"),
                "`/es/`": ("/es/", "es-ES"),
                "`/report/`": (f"/report/?id={report['id']}", "en-GB"),
            }
            for name, (path, locale) in visits_of.items():
                for conditions in CONDITIONS:
                    visits = [_visit(browser, url + path, conditions, locale) for _ in range(VISITS)]
                    figures = map(statistics.median, zip(*visits, strict=True))
                    cells = (name, conditions, *(f"{figure:.0f} ms" for figure in figures))
                    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    for page, size in page_sizes().items():
        sys.stdout.write(f"first load of {page}: {size / 1000:.1f} kB of compressed JavaScript\n")
    return 0


def _visit(browser: Browser, url: str, conditions: str, locale: str) -> list[float]:
    cpu_slowdown, network, viewport = CONDITIONS[conditions]
    # The worker loads the files of all pages after the page itself, and still does so at the end of a visit.
    context = browser.new_context(viewport=viewport, locale=locale, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(OBSERVE)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": cpu_slowdown})
    if network:
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **network})
    page.goto(url, wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(1_000)
    figures: list[float] = page.evaluate(READ)
    context.close()
    return figures


@contextmanager
def _served(api_url: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/api/"):
                response = requests.get(api_url + self.path.removeprefix("/api"), timeout=60)
                self._send(response.status_code, response.headers["Content-Type"], response.content)
                return
            path = site.EXPORTED / self.path.partition("?")[0].lstrip("/")
            file = path / "index.html" if path.is_dir() else path
            if file.is_file():
                self._send(200, mimetypes.guess_type(file)[0] or "text/plain", file.read_bytes())
            else:
                self._send(404, "text/plain", b"")

        def _send(self, status: int, media_type: str, body: bytes) -> None:
            compressed = body if Path(self.path).suffix == ".woff2" else gzip.compress(body, 6)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            if compressed is not body:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(compressed)))
            self.end_headers()
            self.wfile.write(compressed)

        def log_message(self, *_: object) -> None:
            """Suppress the request log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main())
