"""The checks of the documentation, and what generates its parts."""
