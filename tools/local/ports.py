"""Choose ports for servers that cannot let the operating system pick one."""

import random
import socket
from contextlib import suppress

BELOW_EPHEMERAL = range(15_000, 30_000)
"""Below the ports that operating systems give to outgoing connections."""


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
