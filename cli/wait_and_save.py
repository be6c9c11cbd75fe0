"""The options and steps of commands that wait for a report or save its CSV."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from . import csv_file, output
from .api import Api, Json
from .common_options import Invocation
from .errors import ExitStatus, StoppedWaitingError
from .progress import wait_until_ended


def save_options[F: Callable[..., Any]](command: F) -> F:
    """Add --out and --force to a command."""
    options = [
        click.option(
            "-o",
            "--out",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="File to save the CSV to; - is standard output.  [default: report-ID.csv]",
        ),
        click.option("-f", "--force", is_flag=True, help="Overwrite FILE if it exists."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def check_save_options(invocation: Invocation, out: Path | None, *, force: bool) -> None:
    """Raise an error if the CSV could not be saved. Call it before any request."""
    if invocation.as_json and out == csv_file.STDOUT:
        raise click.UsageError("--json and --out - both write to standard output. Use one of them.")
    csv_file.check_path(out, force=force)


def wait_for_report(invocation: Invocation, api: Api, report: Json) -> Json:
    """Wait until the report ends, and return it.

    Raises StoppedWaitingError on Ctrl-C, with the commands that the user can run next.
    """
    try:
        return wait_until_ended(api, report)
    except KeyboardInterrupt:
        commands = [f"{verb} {report['id']}" for verb in ("show --wait", "download", "cancel")]
        hints = "\n".join(f"  {invocation.command(command)}" for command in commands)
        output.print_message("")  # ends the line on which the terminal shows ^C
        raise StoppedWaitingError(
            f"Stopped waiting. The report continues on the server. Next, you can run:\n{hints}"
        ) from None


def save_csv(
    invocation: Invocation,
    api: Api,
    report: Json,
    out: Path | None,
    *,
    force: bool,
    seconds: Callable[[], float] | None = None,
) -> ExitStatus:
    """Save the CSV of a published report and print a summary. ``seconds`` returns how long it took."""
    path = out or csv_file.default_path(report)
    csv_file.save(api, report, path, force=force)
    if invocation.as_json:
        output.print_json({**report, "file": str(path)})
    else:
        text = output.summary(report, path, seconds() if seconds else None)
        click.echo(text, err=path == csv_file.STDOUT)
    return exit_status_of(report)


def exit_status_of(report: Json) -> ExitStatus:
    """The exit status for the way a report ended; SUCCESS while it is open."""
    statuses = {
        "failed": ExitStatus.NO_CSV,
        "canceled": ExitStatus.NO_CSV,
        "partial": ExitStatus.PARTIAL,
    }
    return statuses.get(report["status"], ExitStatus.SUCCESS)
