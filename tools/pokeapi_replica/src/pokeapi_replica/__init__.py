"""An offline PokéAPI: the live API's documents, made from facts kept in this package's `data` folder.

It exists so that the app, its tests and its benchmarks run without internet and without troubling PokéAPI,
and so that the troubles of a public API (latency, errors, rate limits, broken answers) can be made on purpose
and repeated. Not deployed.

    python -m pokeapi_replica --port N                                        serves it
    python -m pokeapi_replica.build --source https://pokeapi.co/api/v2        makes its data anew
"""
