"""`python -m pokeapi_replica`: reads the switches, makes the catalogue, starts the server."""

import argparse
import dataclasses
import math
import sys
from typing import NoReturn

from pokeapi_replica import facts, listening, synthetic
from pokeapi_replica.answers import Answers
from pokeapi_replica.catalogue import Catalogue
from pokeapi_replica.faults import Faults, Switches
from pokeapi_replica.server import Replica

MAX_PAD_KB = 10_000


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m pokeapi_replica",
        description="An offline PokéAPI: answers in the live API's shape from facts kept in its data folder.",
        epilog="Rates are shares of all requests, 0 to 1; the same seed and requests meet the same faults. "
        "GET /replica/stats counts answers; POST /replica/faults changes the switches while it runs.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, required=True, help="port to listen on; 0 takes a free one")
    parser.add_argument("--seed", type=int, default=0, help="decides every fault (default: %(default)s)")
    parser.add_argument("--latency-ms", type=float, default=0, help="wait before every answer")
    parser.add_argument("--jitter-ms", type=float, default=0, help="wait up to this much more")
    parser.add_argument(
        "--error-rate", type=float, default=0, help="answer 500, 502, 503, 504, 403, 404 or 429"
    )
    parser.add_argument(
        "--rate-limit", type=float, default=0, help="requests per second; more get 429 and Retry-After"
    )
    parser.add_argument("--hang-rate", type=float, default=0, help="accept, then never answer")
    parser.add_argument(
        "--garbage-rate", type=float, default=0, help="answer 200 with broken JSON, or half a body"
    )
    parser.add_argument(
        "--missing",
        type=_ids,
        default=(),
        metavar="ID,ID",
        help="Pokémon that are listed, and whose documents are not there",
    )
    parser.add_argument(
        "--max-age",
        type=float,
        default=86_400,
        help="seconds for which answers may be kept (default, as live: %(default)s)",
    )
    parser.add_argument(
        "--synthetic", type=int, metavar="N", help="a catalogue of N Pokémon made by repeating the real"
    )
    parser.add_argument(
        "--pad-kb",
        type=float,
        default=0,
        help="make a Pokémon's document this heavy, others in proportion (live: 105)",
    )
    return parser


def _ids(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} must be ids of Pokémon, such as 25,26") from None


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop: exit status 0; 1 when the port cannot be had, 2 for senseless switches."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not 0 <= options.port <= 65_535:
        parser.error(f"--port must be between 0 and 65535, not {options.port}")
    if options.synthetic is not None and not 1 <= options.synthetic <= synthetic.LARGEST:
        parser.error(f"--synthetic must be between 1 and {synthetic.LARGEST}, not {options.synthetic}")
    if not (math.isfinite(options.pad_kb) and 0 <= options.pad_kb <= MAX_PAD_KB):
        parser.error(f"--pad-kb must be between 0 and {MAX_PAD_KB}, not {options.pad_kb:g}")
    try:
        switches = Switches(
            **{field.name: getattr(options, field.name) for field in dataclasses.fields(Switches)}
        )
    except ValueError as error:
        parser.error(str(error))
    listening.exit_on_signals()
    try:
        listener = listening.listen(options.host, options.port)
    except OSError as error:
        sys.stderr.write(
            f"{parser.prog}: error: cannot listen on {options.host}:{options.port}: {error.strerror}\n"
        )
        return 1
    kept = facts.load()
    catalogue = Catalogue(kept if options.synthetic is None else synthetic.repeat(kept, options.synthetic))
    host = f"[{options.host}]" if ":" in options.host else options.host
    usual = dataclasses.asdict(Switches())
    faults = [
        f"{name} {value}" for name, value in dataclasses.asdict(switches).items() if value != usual[name]
    ]
    about = [f"{len(catalogue.pokemon)} Pokémon", f"{len(catalogue.species)} species", *faults]
    if options.pad_kb:
        about.append(f"pad_kb {options.pad_kb:g}")
    sys.stdout.write(
        f"PokéAPI replica at http://{host}:{listener.getsockname()[1]}/api/v2/ ({', '.join(about)})\n"
    )
    sys.stdout.flush()
    listening.serve(Replica(Answers(catalogue, options.pad_kb), Faults(switches)), listener)
    return 0


if __name__ == "__main__":
    sys.exit(main())
