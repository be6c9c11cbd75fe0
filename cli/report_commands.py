"""The commands for existing reports: list, show, download, cancel and delete."""

import sys
from pathlib import Path

import click

from . import output
from .api import MAX_PAGE_SIZE, Api, Json
from .common_options import Invocation, common_options, pass_invocation
from .errors import ExitStatus, NoCsvError, PokeError, RefusedError, ReportNotFoundError
from .output import print_message
from .progress import OPEN_STATUSES
from .shell_completion import complete_reports, complete_types
from .wait_and_save import check_save_options, exit_status_of, save_csv, save_options, wait_for_report

STATUSES = ("open", "queued", "running", "succeeded", "partial", "failed", "canceling", "canceled")
DEFAULT_LIMIT = 20

report_id_argument = click.argument("report_id", metavar="ID", shell_complete=complete_reports)


@click.command("list")
@click.option(
    "-s",
    "--status",
    type=click.Choice(STATUSES),
    help="Only reports with this status. open: queued, running or canceling.",
)
@click.option(
    "-t",
    "--type",
    "type_",
    metavar="NAME",
    shell_complete=complete_types,
    help="Only reports of this Pokémon type.",
)
@click.option(
    "-l",
    "--limit",
    type=click.IntRange(min=1),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Maximum number of reports.",
)
@click.option("-a", "--all", "list_all", is_flag=True, help="List all reports, without a limit.")
@common_options
@pass_invocation
def list_reports(
    invocation: Invocation, status: str | None, type_: str | None, limit: int, list_all: bool
) -> None:
    """List reports, newest first.

    \b
    poke list
    poke list --status failed --all
    poke list --type electric --limit 5 --json | jq -r '.reports[].id'
    """
    filters = {"status": status, "type": type_}
    reports, has_more = _load_pages(invocation.api(), None if list_all else limit, filters)
    if invocation.as_json:
        output.print_json({"reports": reports, "more": has_more})
        return
    if not reports:
        print_message("No reports found.")
        return
    click.echo(output.report_table(reports))
    if has_more:
        print_message("There are more reports. Use --limit or --all to list them.")


@click.command()
@report_id_argument
@click.option("-w", "--wait", is_flag=True, help="Wait until the report ends, and exit with its status.")
@common_options
@pass_invocation
def show(invocation: Invocation, report_id: str, wait: bool) -> ExitStatus:
    """Show the progress or result of a report.

    \b
    poke show e5df488ba50-05402d32cc039b2e
    poke show --wait e5df488ba50-05402d32cc039b2e && echo done
    """
    api = invocation.api()
    report = api.get(report_id)
    if wait:
        report = wait_for_report(invocation, api, report)
    if invocation.as_json:
        output.print_json(report)
    else:
        click.echo(output.details(report))
    return exit_status_of(report) if wait else ExitStatus.SUCCESS


@click.command()
@report_id_argument
@save_options
@common_options
@pass_invocation
def download(invocation: Invocation, report_id: str, out: Path | None, force: bool) -> ExitStatus:
    """Save the CSV of a report.

    The CSV is verified against the checksum in the report.

    \b
    poke download e5df488ba50-05402d32cc039b2e
    poke download e5df488ba50-05402d32cc039b2e --out electric.csv --force
    poke download e5df488ba50-05402d32cc039b2e --out - | head -3
    """
    # An existing file may already hold this CSV, so `save_csv` checks --force.
    check_save_options(invocation, out, force=True)
    api = invocation.api()
    report = api.get(report_id)
    if report["links"]["download"] is None:
        raise _missing_csv_error(report)
    return save_csv(invocation, api, report, out, force=force)


@click.command()
@report_id_argument
@common_options
@pass_invocation
def cancel(invocation: Invocation, report_id: str) -> None:
    """Cancel a report that is queued or running.

    \b
    poke cancel e5df488ba50-05402d32cc039b2e
    """
    report = invocation.api().cancel(report_id)
    if invocation.as_json:
        output.print_json(report)
    else:
        click.echo(f"Report {report['id']} {report['status']}.")


@click.command()
@click.argument("report_ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_reports)
@click.option("-y", "--yes", is_flag=True, help="Delete without asking for confirmation.")
@common_options
@pass_invocation
def delete(invocation: Invocation, report_ids: tuple[str, ...], yes: bool) -> ExitStatus:
    """Delete reports and their CSVs permanently.

    A report that is still running is stopped.

    \b
    poke delete e5df488ba50-05402d32cc039b2e
    poke list --status failed --all --json | jq -r '.reports[].id' | xargs poke delete --yes
    """
    if not yes and not _confirm_deletion(report_ids):
        print_message("Nothing was deleted.")
        return ExitStatus.NO_CSV
    api = invocation.api()
    deleted, missing = [], []
    for report_id in dict.fromkeys(report_ids):
        try:
            api.delete(report_id)
        except ReportNotFoundError as error:
            missing.append(report_id)
            print_message(str(error))
        else:
            deleted.append(report_id)
            if not invocation.as_json:
                click.echo(f"Report {report_id} deleted.")
    if invocation.as_json:
        output.print_json({"deleted": deleted, "missing": missing})
    return ExitStatus.NOT_FOUND if missing else ExitStatus.SUCCESS


def _confirm_deletion(report_ids: tuple[str, ...]) -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for confirmation. Use --yes to delete anyway.")
    reports = f"report {report_ids[0]}" if len(report_ids) == 1 else f"{len(report_ids)} reports"
    return click.confirm(f"Delete {reports}?", err=True)


def _missing_csv_error(report: Json) -> PokeError:
    if report["status"] in OPEN_STATUSES:
        return RefusedError(
            f"The report has no CSV yet; its status is {report['status']}. "
            "Wait for it with `poke show --wait`."
        )
    return NoCsvError(output.missing_csv_reason(report))


def _load_pages(api: Api, limit: int | None, filters: Json) -> tuple[list[Json], bool]:
    """Up to ``limit`` reports, or all of them, and whether there are more."""
    reports: list[Json] = []
    cursor: str | None = None
    while True:
        size = MAX_PAGE_SIZE if limit is None else min(MAX_PAGE_SIZE, limit - len(reports))
        page, cursor = api.list_page(size, cursor, filters)
        reports += page
        if cursor is None or len(reports) == limit:
            return reports, cursor is not None
