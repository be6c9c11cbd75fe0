"""`python -m pokeapi_replica`: parse the switches, load the dataset and start the server."""

import argparse
import dataclasses
import math
import sys
from typing import NoReturn

from pokeapi_replica import dataset, http_server, synthetic
from pokeapi_replica.app import ReplicaApp
from pokeapi_replica.dataset_index import DatasetIndex
from pokeapi_replica.faults import FaultInjector, FaultSwitches
from pokeapi_replica.hostile import Attack
from pokeapi_replica.response_cache import ResponseCache

MAX_PAD_KB = 10_000


class _Parser(argparse.ArgumentParser):
    """Reports an error in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m pokeapi_replica",
        description="An offline PokéAPI that serves the live API's documents from its data folder.",
        epilog="Rates are shares of all requests, 0 to 1. The same seed and requests get the same faults. "
        "GET /replica/stats returns response counts. POST /replica/faults changes the switches at run time.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, required=True, help="port to listen on; 0 picks a free port")
    parser.add_argument("--seed", type=int, default=0, help="seed of the faults (default: %(default)s)")
    parser.add_argument("--latency-ms", type=float, default=0, help="delay before every response")
    parser.add_argument("--jitter-ms", type=float, default=0, help="random extra delay, up to this")
    parser.add_argument(
        "--error-rate", type=float, default=0, help="respond with 500, 502, 503, 504, 403, 404 or 429"
    )
    parser.add_argument(
        "--rate-limit", type=float, default=0, help="requests per second; the rest get 429 with Retry-After"
    )
    parser.add_argument("--hang-rate", type=float, default=0, help="accept the request and never respond")
    parser.add_argument(
        "--garbage-rate", type=float, default=0, help="respond with 200 and invalid JSON or a truncated body"
    )
    parser.add_argument(
        "--missing",
        type=_ids,
        default=(),
        metavar="ID,ID",
        help="ids of Pokémon that are listed but whose documents return 404",
    )
    parser.add_argument(
        "--hostile",
        type=_attack,
        action="append",
        default=[],
        metavar="TARGET=ATTACK",
        help=f"send hostile responses, such as pokemon/25=drip; can be repeated. A target is pokemon/25, "
        f"pokemon/* (all documents), pokemon (the list) or *; an attack is {', '.join(Attack)}",
    )
    parser.add_argument(
        "--max-age",
        type=float,
        default=86_400,
        help="max-age of responses in seconds (default, like the live API: %(default)s)",
    )
    parser.add_argument(
        "--synthetic", type=int, metavar="N", help="serve N Pokémon, made by repeating the real ones"
    )
    parser.add_argument(
        "--pad-kb",
        type=float,
        default=0,
        help="pad a Pokémon's document to this size, and others in proportion (live: 105)",
    )
    return parser


def _ids(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be Pokémon ids such as 25,26; got {text!r}") from None


def _attack(text: str) -> tuple[str, str]:
    target, _, attack = text.partition("=")
    if not target or attack not in set(Attack):
        raise argparse.ArgumentTypeError(f"must be such as pokemon/25=drip; got {text!r}")
    return target, attack


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal, then exit with 0. Exit with 1 if the port is taken, 2 for invalid switches."""
    parser = _parser()
    options = parser.parse_args(arguments)
    options.hostile = dict(options.hostile)
    if not 0 <= options.port <= 65_535:
        parser.error(f"--port must be between 0 and 65535; got {options.port}")
    if options.synthetic is not None and not 1 <= options.synthetic <= synthetic.MAX_POKEMON:
        parser.error(f"--synthetic must be between 1 and {synthetic.MAX_POKEMON}; got {options.synthetic}")
    if not (math.isfinite(options.pad_kb) and 0 <= options.pad_kb <= MAX_PAD_KB):
        parser.error(f"--pad-kb must be between 0 and {MAX_PAD_KB}; got {options.pad_kb:g}")
    try:
        switches = FaultSwitches(
            **{field.name: getattr(options, field.name) for field in dataclasses.fields(FaultSwitches)}
        )
    except ValueError as error:
        parser.error(str(error))
    http_server.exit_on_signals()
    try:
        listener = http_server.listen(options.host, options.port)
    except OSError as error:
        sys.stderr.write(
            f"{parser.prog}: error: cannot listen on {options.host}:{options.port}: {error.strerror}\n"
        )
        return 1
    data = dataset.load()
    index = DatasetIndex(data if options.synthetic is None else synthetic.repeat(data, options.synthetic))
    host = f"[{options.host}]" if ":" in options.host else options.host
    defaults = dataclasses.asdict(FaultSwitches())
    changed = [
        f"{name} {value}" for name, value in dataclasses.asdict(switches).items() if value != defaults[name]
    ]
    summary = [f"{len(index.pokemon)} Pokémon", f"{len(index.species)} species", *changed]
    if options.pad_kb:
        summary.append(f"pad_kb {options.pad_kb:g}")
    sys.stdout.write(
        f"PokéAPI replica at http://{host}:{listener.getsockname()[1]}/api/v2/ ({', '.join(summary)})\n"
    )
    sys.stdout.flush()
    http_server.serve(ReplicaApp(ResponseCache(index, options.pad_kb), FaultInjector(switches)), listener)
    return 0


if __name__ == "__main__":
    sys.exit(main())
