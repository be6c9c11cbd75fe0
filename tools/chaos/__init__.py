"""Bad days on purpose: the real system under load while its parts die, and what must hold all the same.

``faults`` says what is injected and when, ``load`` what clients do meanwhile, ``ledger`` what they were
told, ``invariants`` what must be true afterwards. The stateful property test stands on the same checks.
"""
