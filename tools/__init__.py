"""What the app is developed with; nothing here is deployed. Each folder has a README of its own."""
