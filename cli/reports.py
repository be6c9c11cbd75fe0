"""The commands for reports that are there already: list, show, download, cancel, delete."""

import sys
from pathlib import Path

import click

from . import completion, output, saving
from .api import LARGEST_PAGE, Api, Json
from .faults import Exit, NoCsvError, NoSuchReportError, PokeError, RefusedError
from .making import check_saving, ended_as, saving_options, watch
from .options import Invocation, common, pass_invocation
from .waiting import OPEN, say

STATUSES = ("queued", "running", "succeeded", "partial", "failed", "canceling", "canceled")
USUAL_COUNT = 20

report_id_argument = click.argument("report_id", metavar="ID", shell_complete=completion.reports)


@click.command("list")
@click.option("-s", "--status", type=click.Choice(STATUSES), help="Only those that are in this state.")
@click.option(
    "-t", "--type", "type_", metavar="NAME", shell_complete=completion.types, help="Only of this type."
)
@click.option(
    "-l", "--limit", type=click.IntRange(min=1), default=USUAL_COUNT, show_default=True, help="At most."
)
@click.option("-a", "--all", "everything", is_flag=True, help="Every one, however many.")
@common
@pass_invocation
def list_reports(
    invocation: Invocation, status: str | None, type_: str | None, limit: int, everything: bool
) -> None:
    """List the reports, newest first.

    \b
    poke list
    poke list --status failed --all
    poke list --type electric --limit 5 --json | jq -r '.reports[].id'
    """
    filters = {"status": status, "type": type_}
    reports, more = _pages(invocation.api(), None if everything else limit, filters)
    if invocation.as_json:
        output.write_json({"reports": reports, "more": more})
        return
    if not reports:
        say("There are no reports.")
        return
    click.echo(output.listing(reports))
    if more:
        say("There are more: --limit, --all.")


@click.command()
@report_id_argument
@click.option("-w", "--wait", is_flag=True, help="Wait until it has ended, and exit as `poke report` does.")
@common
@pass_invocation
def show(invocation: Invocation, report_id: str, wait: bool) -> Exit:
    """Show how far a report is, or what came of it.

    \b
    poke show e5df488ba50-05402d32cc039b2e
    poke show --wait e5df488ba50-05402d32cc039b2e && echo done
    """
    api = invocation.api()
    report = api.show(report_id)
    if wait:
        report = watch(invocation, api, report)
    if invocation.as_json:
        output.write_json(report)
    else:
        click.echo(output.details(report))
    return ended_as(report) if wait else Exit.DONE


@click.command()
@report_id_argument
@saving_options
@common
@pass_invocation
def download(invocation: Invocation, report_id: str, out: Path | None, force: bool) -> Exit:
    """Save the CSV of a report.

    What arrives is checked against the checksum of what was published.

    \b
    poke download e5df488ba50-05402d32cc039b2e
    poke download e5df488ba50-05402d32cc039b2e --out electric.csv --force
    poke download e5df488ba50-05402d32cc039b2e --out - | head -3
    """
    check_saving(invocation, out, force=True)
    api = invocation.api()
    report = api.show(report_id)
    if report["links"]["download"] is None:
        raise _no_csv(report)
    target = out or saving.default_name(report)
    saving.save(api, report, target, force=force)
    if invocation.as_json:
        output.write_json({**report, "file": str(target)})
    else:
        lines = [output.saved(report, target), *output.remarks(report)]
        click.echo("\n".join(lines), err=target == saving.STDOUT)
    return ended_as(report)


@click.command()
@report_id_argument
@common
@pass_invocation
def cancel(invocation: Invocation, report_id: str) -> None:
    """Stop a report that is queued or running.

    \b
    poke cancel e5df488ba50-05402d32cc039b2e
    """
    report = invocation.api().cancel(report_id)
    if invocation.as_json:
        output.write_json(report)
    else:
        click.echo(f"Report {report['id']} is {report['status']}.")


@click.command()
@click.argument("report_ids", metavar="ID...", nargs=-1, required=True, shell_complete=completion.reports)
@click.option("-y", "--yes", is_flag=True, help="Do not ask first.")
@common
@pass_invocation
def delete(invocation: Invocation, report_ids: tuple[str, ...], yes: bool) -> Exit:
    """Delete reports, running or not.

    Their records and CSVs are gone for good.

    \b
    poke delete e5df488ba50-05402d32cc039b2e
    poke list --status failed --all --json | jq -r '.reports[].id' | xargs poke delete --yes
    """
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("Say --yes: there is nobody to ask.")
        which = f"report {report_ids[0]}" if len(report_ids) == 1 else f"{len(report_ids)} reports"
        if not click.confirm(f"Delete {which}?", err=True):
            say("Nothing was deleted.")
            return Exit.NO_CSV
    api = invocation.api()
    deleted, missing = [], []
    for report_id in dict.fromkeys(report_ids):
        try:
            api.delete(report_id)
        except NoSuchReportError as fault:
            missing.append(report_id)
            say(str(fault))
        else:
            deleted.append(report_id)
            if not invocation.as_json:
                click.echo(f"Report {report_id} is deleted.")
    if invocation.as_json:
        output.write_json({"deleted": deleted, "missing": missing})
    return Exit.NONE if missing else Exit.DONE


def _no_csv(report: Json) -> PokeError:
    if report["status"] in OPEN:
        return RefusedError(
            f"The report is {report['status']}: there is no CSV yet. `poke show --wait` waits."
        )
    return NoCsvError(output.why_no_csv(report))


def _pages(api: Api, limit: int | None, filters: Json) -> tuple[list[Json], bool]:
    """Up to ``limit`` reports, or all, and whether there are more."""
    reports: list[Json] = []
    cursor: str | None = None
    while True:
        size = LARGEST_PAGE if limit is None else min(LARGEST_PAGE, limit - len(reports))
        page, cursor = api.page(size, cursor, filters)
        reports += page
        if cursor is None or len(reports) == limit:
            return reports, cursor is not None
