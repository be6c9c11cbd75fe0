"""A local host for any Azure Functions app in the Python v2 programming model, Durable Functions included.

It loads and invokes the app through the published Functions worker library, and runs orchestrations on the
Durable SDK's in-memory backend. It has no knowledge of the app that it runs. The modules, by layer::

    __main__          command line; reload restarts the host in a subprocess when a file changes
    host              reads the settings (host_json, app_settings), connects the parts, starts and stops them

    HTTP request ──> cors ──> http_app ──┬─> durable_api (_instances, _entities) ──> engine
                                         ├─> admin_api
                                         └─> routes ───┐
    timer schedule ──> timers ─────────────────────────┼──> worker ──> the app's functions
    engine ──> dispatcher (a work item per call) ──────┘                     │
      ^                                                                      │ gRPC
      └──────────────────── durable clients (durable_client_binding) ────────┘

    engine            engine_clients over engine_executions over engine_entities, over the SDK's backend
    worker            uses worker_messages in place of the gRPC messages of Azure's worker protocol
"""
