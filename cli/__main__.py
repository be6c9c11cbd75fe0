"""Runs `poke`: every fault that a user can understand becomes a message on stderr and an exit status."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from . import __version__, making, output, reports, server
from .faults import Exit, PokeError
from .options import Invocation, common_and_environment
from .waiting import say


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="poke")
@common_and_environment
def poke() -> None:
    """Reports about Pokémon, made by a Poke Queue and saved as CSV.

    \b
    poke report --type electric --sample 20     make a report, save its CSV
    poke list                                   the reports there are
    poke show ID                                one of them
    poke COMMAND --help                         more of these

    \b
    Exit status:
      0  done
      1  the report failed or was canceled
      2  the command or the request is wrong, or the file cannot be written
      3  there is no such report
      4  the server cannot be reached
      5  the CSV is saved, and Pokémon are missing from it
    130  stopped by Ctrl-C
    """


for command in (
    making.report,
    reports.list_reports,
    reports.show,
    reports.download,
    reports.cancel,
    making.retry,
    reports.delete,
    server.types,
    server.generations,
    server.health,
    server.completion,
):
    poke.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Without ``arguments`` those of the process."""
    invocation = Invocation()
    try:
        status = poke.main(
            arguments,
            prog_name="poke",
            complete_var=server.COMPLETE_VARIABLE,
            standalone_mode=False,
            obj=invocation,
        )
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.Abort:
        say("Stopped.")
        return Exit.INTERRUPTED
    except PokeError as fault:
        say(output.told(fault))
        if invocation.as_json:
            output.write_json(output.error_json(fault))
        return fault.exit_status
    except OSError as fault:
        # Files have their own faults by now; what is left is what the output goes to. It would fail again
        # when the interpreter ends.
        sys.stdout = None
        say(f"The output cannot be written: {fault.strerror or fault}.")
        return Exit.REFUSED
    return int(status or Exit.DONE)


def run() -> None:
    """The entry point. A terminal that cannot show an é gets an escape for it, and no fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())


if __name__ == "__main__":
    run()
