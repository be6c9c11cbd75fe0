"""An offline PokéAPI that serves the live API's documents and injects faults on request.

The app, its tests and its benchmarks use it instead of the live API: it needs no internet, puts no load on
PokéAPI, and reproduces a public API's latency, errors, rate limits and invalid responses. It is not deployed.

    python -m pokeapi_replica --port N                                        starts the server
    python -m pokeapi_replica.build --source https://pokeapi.co/api/v2        rebuilds the dataset
"""
