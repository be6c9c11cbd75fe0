"""The orchestrators: which activity runs when.

The engine replays them, so they are deterministic and do no I/O.
"""
