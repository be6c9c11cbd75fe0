"""The package that the deployment workflow uploads, run in a folder of its own with its own requirements."""

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.e2e.client import Client
from tools.local import hosts
from tools.local.emulators import Storage
from tools.local.process import REPOSITORY
from tools.local.stack import Stack

PACKAGES = Path(".python_packages/lib/site-packages")
WORKER = ("azure-functions-runtime", "grpcio", "protobuf")
"""The packages of Azure's image: the worker's library, without the requirements of the app."""

pytestmark = pytest.mark.skipif(
    hosts.selected() != hosts.FUNC, reason="devhost runs in the checkout only, not in the package"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked package, with its requirements installed as a remote build (Oryx) installs them."""
    folder = tmp_path_factory.mktemp("package")
    archive = folder / "app.zip"
    subprocess.run([sys.executable, "infra/package.py", archive], cwd=REPOSITORY, check=True)
    app = folder / "app"
    zipfile.ZipFile(archive).extractall(app)
    options = ("--prefer-binary", "--upgrade", "--target", PACKAGES)
    pip_install(*options, "--requirement", "requirements.txt", cwd=app)
    return app


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with only the worker's library."""
    folder = tmp_path_factory.mktemp("worker")
    venv.create(folder, with_pip=False)
    target = folder / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    pip_install("--target", target, *(f"{name}=={version(name)}" for name in WORKER), cwd=REPOSITORY)
    return folder / "bin/python"


def pip_install(*arguments: str | Path, cwd: Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *arguments], cwd=cwd, check=True)


@pytest.fixture(scope="module")
def deployed(
    package: Path,
    interpreter: Path,
    storage: Storage,
    pokeapi_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    connection = storage.connection_string
    settings = {
        "AzureWebJobsStorage": connection,
        "ReportStorage": connection,
        "POKEAPI_BASE_URL": pokeapi_url,
        # The worker of Azure's image puts the app's own packages first.
        "PYTHONPATH": os.fspath(package / PACKAGES),
    }
    log = tmp_path_factory.mktemp("deployed") / "app.log"
    app = hosts.core_tools_process(package, log, settings, interpreter=os.fspath(interpreter))
    try:
        app_url, durable_url = app.start()
        yield Stack(f"{app_url}/api", durable_url, pokeapi_url, storage, app)
    finally:
        app.stop()


@pytest.mark.timeout(300)
def test_the_package_is_healthy(deployed: Stack) -> None:
    response = Client(deployed).call("GET", "/health")
    assert (response.status_code, response.json()["status"]) == (200, "ok")


def test_the_package_creates_a_report(deployed: Stack) -> None:
    report = Client(deployed).make(type="electric", sample_size=20, seed=7)
    assert (report["status"], report["result"]["rows"]) == ("succeeded", 20)


def test_the_package_serves_the_documentation_page(deployed: Stack) -> None:
    for path in ("/docs", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/docs/start.js"):
        assert Client(deployed).call("GET", path).status_code == 200
