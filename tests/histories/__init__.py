"""Histories of orchestrations that were recorded once, and that new code must still replay."""
