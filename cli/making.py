"""`poke report` and `poke retry`: ask for a report, watch it, save its CSV."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from . import completion, output, saving, waiting
from .api import Api, Json
from .faults import Exit, StoppedWaitingError
from .options import HeaderValue, Invocation, common, pass_invocation
from .waiting import say


def saving_options[F: Callable[..., Any]](command: F) -> F:
    """Where the CSV goes."""
    options = [
        click.option(
            "-o",
            "--out",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Where the CSV goes; - is standard output.  [default: report-ID.csv]",
        ),
        click.option("-f", "--force", is_flag=True, help="Overwrite FILE where it is there already."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


no_wait = click.option(
    "--no-wait", is_flag=True, help="Write the report's id and leave it to be made. `poke show --wait` waits."
)


@click.command()
@click.option(
    "-t", "--type", "type_", metavar="NAME", shell_complete=completion.types, help="Such as electric."
)
@click.option(
    "-g", "--generation", metavar="NAME", shell_complete=completion.generations, help="Such as generation-i."
)
@click.option(
    "--forms/--no-forms", default=None, help="With forms such as mega evolutions.  [default: --forms]"
)
@click.option("-n", "--sample", type=int, metavar="COUNT", help="So many of them, drawn at random.")
@click.option("--seed", type=int, metavar="NUMBER", help="Draws the same sample again.")
@click.option("-c", "--columns", metavar="NAMES", help="With commas between: name,hp,speed.  [default: all]")
@click.option(
    "--idempotency-key",
    type=HeaderValue(),
    metavar="KEY",
    help="Your own name for this request: given again with it, the report is not made twice.",
)
@saving_options
@no_wait
@common
@pass_invocation
def report(
    invocation: Invocation,
    type_: str | None,
    generation: str | None,
    forms: bool | None,
    sample: int | None,
    seed: int | None,
    columns: str | None,
    idempotency_key: str | None,
    out: Path | None,
    force: bool,
    no_wait: bool,
) -> Exit:
    """Make a report and save its CSV.

    \b
    poke report --type electric
    poke report --generation generation-i --sample 20 --seed 7 --out twenty.csv
    poke report --type fire --columns name,hp,speed --out - | column -s, -t
    id=$(poke report --no-wait); poke show --wait $id; poke download $id
    """
    asked: Json = {
        "type": type_,
        "generation": generation,
        "include_forms": forms,
        "sample_size": sample,
        "seed": seed,
        "columns": [name.strip() for name in columns.split(",")] if columns is not None else None,
    }
    request = {name: value for name, value in asked.items() if value is not None}
    # Without a key of the user's, one of this run's own: a POST whose answer is lost can be sent again.
    key = idempotency_key if idempotency_key is not None else str(uuid.uuid4())
    return _make(invocation, lambda api: api.create(request, key), out, force=force, wait=not no_wait)


@click.command()
@click.argument("report_id", metavar="ID", shell_complete=completion.reports)
@saving_options
@no_wait
@common
@pass_invocation
def retry(invocation: Invocation, report_id: str, out: Path | None, force: bool, no_wait: bool) -> Exit:
    """Make a report that has ended once more.

    The new report has the same request and the same seed.

    \b
    poke retry e5df488ba50-05402d32cc039b2e
    """
    return _make(invocation, lambda api: api.retry(report_id), out, force=force, wait=not no_wait)


def check_saving(invocation: Invocation, out: Path | None, *, force: bool) -> None:
    """Raise where the CSV could not be saved, before anything is asked."""
    if invocation.as_json and out == saving.STDOUT:
        raise click.UsageError("--json and --out - both write to standard output.")
    saving.check_target(out, force=force)


def watch(invocation: Invocation, api: Api, report: Json) -> Json:
    """The report once it has ended. Ctrl-C raises StoppedWaitingError with what the user can do next."""
    try:
        return waiting.until_ended(api, report)
    except KeyboardInterrupt:
        commands = [f"{verb} {report['id']}" for verb in ("show --wait", "download", "cancel")]
        hints = "\n".join(f"  {invocation.command(command)}" for command in commands)
        say("")  # ends the line on which the terminal shows ^C
        raise StoppedWaitingError(f"Stopped waiting. The report goes on; see it with:\n{hints}") from None


def ended_as(report: Json) -> Exit:
    """The exit status for how a report ended; open reports are fine."""
    endings = {"failed": Exit.NO_CSV, "canceled": Exit.NO_CSV, "partial": Exit.PARTIAL}
    return endings.get(report["status"], Exit.DONE)


def _make(
    invocation: Invocation, ask: Callable[[Api], Json], out: Path | None, *, force: bool, wait: bool
) -> Exit:
    if wait:
        check_saving(invocation, out, force=force)
    api = invocation.api()
    began = time.monotonic()
    report = ask(api)
    if not wait:
        if invocation.as_json:
            output.write_json({**report, "file": None})
        else:
            click.echo(report["id"])
        return Exit.DONE
    report = watch(invocation, api, report)
    if report["links"]["download"] is None:
        if invocation.as_json:
            output.write_json({**report, "file": None})
        else:
            say(output.why_no_csv(report))
        return ended_as(report)
    target = out or saving.default_name(report)
    saving.save(api, report, target, force=force)
    if invocation.as_json:
        output.write_json({**report, "file": str(target)})
    else:
        seconds = time.monotonic() - began
        click.echo(output.summary(report, seconds, target), err=target == saving.STDOUT)
    return ended_as(report)
