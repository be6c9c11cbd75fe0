"""Fault injection: run the system under load while its parts fail, then check its invariants.

``faults`` plans and injects faults, ``load`` simulates clients, ``ledger`` records the responses that clients
received, and ``invariants`` checks what must hold afterwards. The stateful property test uses the same
checks.
"""
