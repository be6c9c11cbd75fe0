"""`poke`: a command-line client for the HTTP API of any Poke Queue deployment. See `docs/poke.md`.

It imports nothing from the app, so it can be installed on its own.
"""

__version__ = "0.1.0"
