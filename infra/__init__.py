"""The infrastructure, and how the app is packed for it."""
