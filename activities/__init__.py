"""One step of a report each: gather what it needs, ask the domain, apply what came out.

Durable Functions runs an activity at least once, so each may run twice with the same outcome.
"""
