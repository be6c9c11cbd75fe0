"""The order of things. Replayed from the start on every event, so deterministic and free of I/O."""
