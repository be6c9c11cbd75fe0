"""The exception that reports why an app cannot be run."""


class CannotRunError(Exception):
    """The app, its settings or the machine prevent the start. The message is one line for the user."""
