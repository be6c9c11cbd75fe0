"""The ways in: HTTP functions that turn requests into reports and reports into responses."""
