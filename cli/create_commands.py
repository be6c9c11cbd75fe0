"""The commands that create a report, or show what it would contain: `report`, `retry` and `preview`."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from . import output
from .api import Api, Json
from .common_options import HeaderValue, Invocation, common_options, pass_invocation
from .errors import ExitStatus
from .request_options import request_of, request_options
from .shell_completion import complete_reports
from .wait_and_save import check_save_options, exit_status_of, save_csv, save_options, wait_for_report

no_wait_option = click.option(
    "--no-wait",
    is_flag=True,
    help="Print the report's id and exit at once. Wait for it later with `poke show --wait`.",
)

idempotency_key_option = click.option(
    "--idempotency-key",
    type=HeaderValue(),
    metavar="KEY",
    # A random key makes it safe to repeat a POST whose response is lost.
    default=lambda: str(uuid.uuid4()),
    show_default=False,
    help="Your key for this request: repeating it with the same key creates no second report.",
)


@click.command()
@request_options
@click.option("--name", metavar="TEXT", help="What to call the report, up to 80 characters.")
@idempotency_key_option
@save_options
@no_wait_option
@common_options
@pass_invocation
def report(
    invocation: Invocation,
    /,
    name: str | None,
    idempotency_key: str,
    out: Path | None,
    force: bool,
    no_wait: bool,
    **options: Any,
) -> ExitStatus:
    """Create a report and save its CSV.

    \b
    poke report --type electric
    poke report --generation 3 --sample 20 --seed 7 --out twenty.csv
    poke report --type water --name 'My team'
    poke report --type fire --columns name,hp,speed --out - | column -s, -t
    id=$(poke report --no-wait); poke show --wait $id; poke download $id
    """
    request = {**request_of(options), **({} if name is None else {"name": name})}
    return _create(
        invocation, lambda api: api.create(request, idempotency_key), out, force=force, no_wait=no_wait
    )


@click.command()
@request_options
@common_options
@pass_invocation
def preview(invocation: Invocation, /, **options: Any) -> None:
    """Show the first rows of a report without creating it.

    \b
    poke preview --type water --generation 3 --columns name,hp,abilities
    """
    shown = invocation.api().preview(request_of(options))
    if invocation.as_json:
        output.print_json(shown)
    elif shown["rows"]:
        click.echo(output.preview_table(shown))
    if not invocation.as_json:
        output.print_message(output.preview_summary(shown))


@click.command()
@click.argument("report_id", metavar="ID", shell_complete=complete_reports)
@click.option(
    "--missing",
    is_flag=True,
    help="Take over the rows of a partial report, and fetch only those that are missing.",
)
@idempotency_key_option
@save_options
@no_wait_option
@common_options
@pass_invocation
def retry(
    invocation: Invocation,
    /,
    report_id: str,
    missing: bool,
    idempotency_key: str,
    out: Path | None,
    force: bool,
    no_wait: bool,
) -> ExitStatus:
    """Run an ended report again.

    The new report has the same name, the same request and the same seed.

    \b
    poke retry e5df488ba50-05402d32cc039b2e
    poke retry --missing e5df488ba50-05402d32cc039b2e
    """
    return _create(
        invocation,
        lambda api: api.retry(report_id, idempotency_key, only_missing=missing),
        out,
        force=force,
        no_wait=no_wait,
    )


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
