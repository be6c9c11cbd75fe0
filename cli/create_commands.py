"""The commands that create a report: `report` and `retry`."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path

import click

from . import output
from .api import Api, Json
from .common_options import HeaderValue, Invocation, common_options, pass_invocation
from .errors import ExitStatus
from .shell_completion import complete_generations, complete_reports, complete_types
from .wait_and_save import check_save_options, exit_status_of, save_csv, save_options, wait_for_report

no_wait_option = click.option(
    "--no-wait",
    is_flag=True,
    help="Print the report's id and exit at once. Wait for it later with `poke show --wait`.",
)


@click.command()
@click.option(
    "-t",
    "--type",
    "type_",
    metavar="NAME",
    shell_complete=complete_types,
    help="Pokémon type, such as electric.",
)
@click.option(
    "-g",
    "--generation",
    metavar="NAME",
    shell_complete=complete_generations,
    help="Generation, such as generation-i.",
)
@click.option(
    "--forms/--no-forms",
    default=None,
    help="Include or exclude forms such as mega evolutions.  [default: --forms]",
)
@click.option("-n", "--sample", type=int, metavar="COUNT", help="Size of a random sample.  [default: all]")
@click.option(
    "--seed", type=int, metavar="NUMBER", help="Seed of the sample: the same seed gives the same sample."
)
@click.option(
    "-c",
    "--columns",
    metavar="NAMES",
    help="Columns, separated by commas, such as name,hp,speed.  [default: all]",
)
@click.option("--name", metavar="TEXT", help="What to call the report, up to 80 characters.")
@click.option(
    "--idempotency-key",
    type=HeaderValue(),
    metavar="KEY",
    help="Your key for this request: repeating it with the same key creates no second report.",
)
@save_options
@no_wait_option
@common_options
@pass_invocation
def report(
    invocation: Invocation,
    type_: str | None,
    generation: str | None,
    forms: bool | None,
    sample: int | None,
    seed: int | None,
    columns: str | None,
    name: str | None,
    idempotency_key: str | None,
    out: Path | None,
    force: bool,
    no_wait: bool,
) -> ExitStatus:
    """Create a report and save its CSV.

    \b
    poke report --type electric
    poke report --generation generation-i --sample 20 --seed 7 --out twenty.csv
    poke report --type fire --columns name,hp,speed --out - | column -s, -t
    id=$(poke report --no-wait); poke show --wait $id; poke download $id
    """
    fields: Json = {
        "name": name,
        "type": type_,
        "generation": generation,
        "include_forms": forms,
        "sample_size": sample,
        "seed": seed,
        "columns": [name.strip() for name in columns.split(",")] if columns is not None else None,
    }
    request = {field: value for field, value in fields.items() if value is not None}
    # Without a key from the user, a random key makes it safe to repeat a POST whose response is lost.
    key = idempotency_key if idempotency_key is not None else str(uuid.uuid4())
    return _create(invocation, lambda api: api.create(request, key), out, force=force, no_wait=no_wait)


@click.command()
@click.argument("report_id", metavar="ID", shell_complete=complete_reports)
@save_options
@no_wait_option
@common_options
@pass_invocation
def retry(invocation: Invocation, report_id: str, out: Path | None, force: bool, no_wait: bool) -> ExitStatus:
    """Run an ended report again.

    The new report has the same name, the same request and the same seed.

    \b
    poke retry e5df488ba50-05402d32cc039b2e
    """
    return _create(invocation, lambda api: api.retry(report_id), out, force=force, no_wait=no_wait)


def _create(
    invocation: Invocation,
    create: Callable[[Api], Json],
    out: Path | None,
    *,
    force: bool,
    no_wait: bool,
) -> ExitStatus:
    if not no_wait:
        check_save_options(invocation, out, force=force)
    api = invocation.api()
    started_at = time.monotonic()
    report = create(api)
    if not no_wait:
        report = wait_for_report(invocation, api, report)
        if report["links"]["download"] is not None:
            return save_csv(
                invocation, api, report, out, force=force, seconds=lambda: time.monotonic() - started_at
            )
    if invocation.as_json:
        output.print_json({**report, "file": None})
    elif no_wait:
        click.echo(report["id"])
    else:
        output.print_message(output.missing_csv_reason(report))
    return ExitStatus.SUCCESS if no_wait else exit_status_of(report)
