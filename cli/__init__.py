"""`poke`: a command-line client for any deployment of Poke Queue, which it knows by its HTTP API alone.

It imports nothing of the app, so that it can be installed by itself; `docs/poke.md` tells how to use it.
"""

__version__ = "0.1.0"
