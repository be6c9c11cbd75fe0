"""Choose ports for servers that cannot let the operating system pick one."""

import random
import socket
from contextlib import suppress

from tools.local.process import ServerError

BELOW_EPHEMERAL = range(15_000, 30_000)
"""Below the ports that operating systems give to outgoing connections."""
MAX_PORT = 65_535


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def require_free(port: str, setting: str) -> None:
    """Raise ServerError if the port that a setting of `make up` names is invalid or in use."""
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not 0 < number <= MAX_PORT:
        raise ServerError(f"{setting} must be a port number from 1 to {MAX_PORT}; got {port!r}.")
    if not _is_free(number):
        other = next(free for free in (*range(number + 1, MAX_PORT), *BELOW_EPHEMERAL) if _is_free(free))
        raise ServerError(
            f"Port {port} is in use. Stop the process that uses it, or choose another port: "
            f"make up {setting}={other}"
        )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A server that has just stopped leaves connections that do not block its port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def reusable_ports(count: int) -> list[str]:
    """Return free ports that are likely to stay free while their server restarts."""
    found: list[str] = []
    for port in random.sample(BELOW_EPHEMERAL, len(BELOW_EPHEMERAL)):
        if len(found) == count:
            break
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(str(port))
    return found
