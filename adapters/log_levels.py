"""Sets the levels of the loggers that this app depends on."""

import logging

from domain import telemetry


def apply() -> None:
    """Let the app's events pass, which are logged at INFO. The root logger's level is WARNING."""
    telemetry.LOGGER.setLevel(logging.INFO)
