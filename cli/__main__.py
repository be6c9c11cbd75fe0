"""Runs `poke`. Every expected error becomes a message on stderr and an exit status."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from . import (
    __version__,
    create_commands,
    output,
    report_commands,
    server_commands,
    share_commands,
    shell_completion,
)
from .common_options import Invocation, group_options
from .errors import ExitStatus, PokeError
from .output import print_message


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="poke")
@group_options
def poke() -> None:
    """Create reports about Pokémon on a Poke Queue server and save them as CSV.

    \b
    poke report --type electric --sample 20     create a report and save its CSV
    poke list                                   list reports
    poke show ID                                show a report
    poke open ID                                show it in the browser
    poke COMMAND --help                         show the help of a command

    \b
    Exit status:
      0  success
      1  the report failed or was canceled
      2  the command or the request is invalid, or the file cannot be written
      3  the report does not exist
      4  the server is unreachable
      5  the CSV is saved, but some Pokémon are missing from it
    130  interrupted with Ctrl-C
    """


for command in (
    create_commands.report,
    create_commands.preview,
    report_commands.list_reports,
    report_commands.show,
    report_commands.download,
    report_commands.cancel,
    create_commands.retry,
    share_commands.open_report,
    share_commands.share,
    share_commands.unshare,
    report_commands.delete,
    server_commands.types,
    server_commands.generations,
    server_commands.health,
    shell_completion.completion,
):
    poke.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. ``arguments`` are those of the process by default."""
    invocation = Invocation()
    try:
        status = poke.main(
            arguments,
            prog_name="poke",
            complete_var=shell_completion.COMPLETE_VARIABLE,
            standalone_mode=False,
            obj=invocation,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        print_message("Interrupted.")
        return ExitStatus.INTERRUPTED
    except PokeError as error:
        print_message(output.format_error(error))
        if invocation.as_json:
            output.print_json(output.error_json(error))
        return error.exit_status
    except OSError as error:
        # File errors are CannotSaveError by now, so standard output failed. Without this, the interpreter
        # would try to flush it again at exit and fail.
        sys.stdout = None
        print_message(f"Cannot write the output: {error.strerror or error}.")
        return ExitStatus.REFUSED
    return int(status or ExitStatus.SUCCESS)


def run() -> None:
    """The entry point. Characters that the terminal cannot encode, such as é, are escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())


if __name__ == "__main__":
    run()
