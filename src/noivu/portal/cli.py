"""The command line `noivu`: options of the whole, the list of commands, the one way refusals end."""

import importlib
import os
import sys
from typing import Any

import click

from noivu.core.refusals import Refusal

COMMANDS = {
    "init": "noivu.portal.commands.installation:init",
    "demo": "noivu.portal.commands.installation:demo",
    "serve": "noivu.portal.commands.installation:serve",
    "doctor": "noivu.portal.commands.doctor:doctor",
    "bench": "noivu.portal.commands.bench:bench",
    "user": "noivu.accounts.commands:user",
    "units": "noivu.units.commands:units",
    "template": "noivu.sheets.commands:template",
    "import": "noivu.sheets.commands:import_file_command",
    "quarantine": "noivu.sheets.commands:quarantine",
    "figures": "noivu.figures.commands:figures",
    "records": "noivu.figures.commands:records",
    "deadline": "noivu.law.commands:deadline",
    "calculate": "noivu.law.commands:calculate",
    "report": "noivu.reports.commands:report",
    "audit": "noivu.audit.commands:audit",
}
"""Every command, and where it is written; a module is read only when its command is called."""


class Commands(click.Group):
    """Loads a command's module when it is asked for, after the framework is set up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        set_up_framework(ctx.params.get("data"))
        module, name = place.split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


def set_up_framework(data: str | None) -> None:
    """Point the settings to the data directory, and load the product."""
    if data:
        os.environ["NOIVU_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(os.environ.get("NOIVU_LANGUAGE", "vi"))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: noivu figures --unit BNV --period 2024-10",
)
@click.option("--data", metavar="DIR", help="Data directory (default: NOIVU_DATA, else ./var).")
@click.version_option(package_name="noivu", prog_name="noivu")
def noivu(data: str | None) -> None:
    """Registers, figures, reports and tasks of a home-affairs sector."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command: 0 done, 1 refused (says why and what to do), 2 wrong usage."""
    try:
        outcome: Any = noivu.main(args=arguments, prog_name="noivu", standalone_mode=False)
    except Refusal as refusal:
        click.echo(_explained(refusal), err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Đã dừng. / Stopped.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    sys.exit(outcome if isinstance(outcome, int) else 0)


def _explained(refusal: Refusal) -> str:
    where = f"[{refusal.where}] " if refusal.where else ""
    text = refusal.text()
    return f"{where}{text.vi}\n{where}{text.en}"
