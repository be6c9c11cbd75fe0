"""The commands that show reports in a browser or to others: open, share and unshare."""

import webbrowser

import click

from . import output
from .common_options import Invocation, common_options, pass_invocation
from .errors import RefusedError
from .report_commands import report_id_argument
from .site import find_site, report_page, shared_page, site_option


@click.command("open")
@report_id_argument
@site_option
@common_options
@pass_invocation
def open_report(invocation: Invocation, report_id: str, site: str | None) -> None:
    """Open the web page of a report in the browser.

    \b
    poke open e5df488ba50-05402d32cc039b2e
    """
    report = invocation.api().get(report_id)
    page = report_page(find_site(invocation, site), report["id"])
    is_open = webbrowser.open(page)
    if invocation.as_json:
        output.print_json({"url": page})
    else:
        click.echo(page)
    if not is_open:
        output.print_message("No browser can be started here. Open the address yourself.")


@click.command()
@report_id_argument
@site_option
@common_options
@pass_invocation
def share(invocation: Invocation, report_id: str, site: str | None) -> None:
    """Share a report with anyone who has its link, and print the link.

    The link is read-only. It works until `poke unshare`, or until the report is deleted or expires.

    \b
    poke share e5df488ba50-05402d32cc039b2e
    """
    report = invocation.api().share(report_id)
    link = report["links"]["shared"]
    try:
        url = shared_page(find_site(invocation, site), link)
    except RefusedError as error:
        output.print_message(f"{error} This link is that of the API.")
        url = f"{invocation.url}{link}"
    if invocation.as_json:
        output.print_json({**report, "url": url})
    else:
        click.echo(url)


@click.command()
@report_id_argument
@common_options
@pass_invocation
def unshare(invocation: Invocation, report_id: str) -> None:
    """Revoke the link of a shared report.

    \b
    poke unshare e5df488ba50-05402d32cc039b2e
    """
    invocation.api().unshare(report_id)
    if invocation.as_json:
        output.print_json({"unshared": report_id})
    else:
        click.echo(f"Report {report_id} is not shared.")
