"""A small local Azure Functions host: any Python v2 function app, on the Durable SDK's in-memory engine.

It stands in for Core Tools where those cannot be installed, and knows nothing of the app it runs. The app's
functions are loaded and called by the published worker library; this package is only the host around it.
"""
