"""The use cases: accept, cancel, retry, delete, reconcile, expire. They know nothing of HTTP or timers."""
