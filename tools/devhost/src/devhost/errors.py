"""The one exception that means "this app cannot be run, and here is why"."""


class CannotRunError(Exception):
    """The app, its settings or the machine do not allow a start; the message is one line for a person."""
