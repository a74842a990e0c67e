"""The command line `noivu`: options of the whole, the list of commands, the one way refusals end."""

import importlib
import os
import sys
from typing import Any

import click

from noivu.core.console import in_both
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

COMMANDS = {
    "init": (
        "noivu.portal.commands.installation:init",
        "Tạo hoặc nâng cấp cơ sở dữ liệu · create or migrate the database",
    ),
    "demo": ("noivu.portal.commands.installation:demo", "Nạp và chạy bản mẫu · load and serve the sample sector"),
    "serve": ("noivu.portal.commands.installation:serve", "Chạy máy chủ web · the web server"),
    "worker": ("noivu.notices.commands:worker", "Việc nền: nhắc việc, gửi thư · background jobs"),
    "doctor": ("noivu.portal.commands.doctor:doctor", "Kiểm tra bản cài · check the installation"),
    "files": ("noivu.portal.commands.files:files", "Kho tệp: dọn, kiểm tra · the file store: clean, verify"),
    "user": ("noivu.accounts.commands:user", "Người dùng, vai trò, mật khẩu · users, roles, passwords"),
    "units": ("noivu.units.commands:units", "Đơn vị theo thời gian · units as of any day"),
    "reorganise": ("noivu.planning.commands:reorganise", "Sắp xếp đơn vị theo phương án · reorganise units by a plan"),
    "template": ("noivu.sheets.commands:template", "Mẫu nhập để trống · empty import templates"),
    "import": ("noivu.sheets.commands:import_file_command", "Nhập sổ từ tệp · bring in a register from a file"),
    "quarantine": ("noivu.sheets.commands:quarantine", "Dòng bị giữ lại khi nhập · rows kept aside"),
    "documents": ("noivu.records.commands:documents", "Chữ trong tệp văn bản · the words of files"),
    "message": ("noivu.exchange.commands:message", "Tệp thông điệp giữa các cơ quan · message files"),
    "figures": ("noivu.figures.commands:figures", "Số liệu của một kỳ · figures of a period"),
    "records": ("noivu.figures.commands:records", "Bản ghi sau một con số · the records behind a figure"),
    "why": ("noivu.figures.commands:why", "Vì sao số liệu thay đổi · why a figure moved"),
    "outlines": (
        "noivu.figures.maps.outlines.commands:outlines",
        "Ranh giới cho bản đồ · outlines for the map",
    ),
    "deadline": ("noivu.law.commands:deadline", "Hạn, giải thích từng ngày · due dates explained"),
    "calculate": ("noivu.law.commands:calculate", "Tính theo pháp luật · calculations of law"),
    "report": ("noivu.reports.commands:report", "Báo cáo định kỳ · periodic reports"),
    "audit": ("noivu.audit.commands:audit", "Nhật ký kiểm chứng được · the provable log"),
    "bench": ("noivu.portal.commands.bench:bench", "Đo tốc độ · benchmarks"),
}
"""Every command: where it is written, and what it is for. Its module is read only when it is called."""
FURTHER = {
    "deadline": ("noivu.work.commands:recount",),
    "units": ("noivu.portal.commands.units:load", "noivu.portal.commands.units:plan_2025_command"),
}
"""What a group of a room has beside its own commands, written above the room."""


class Commands(click.Group):
    """Loads a command's module when it is asked for, after the framework is set up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        set_up_framework(ctx.params.get("data"))
        command = _written_at(COMMANDS[cmd_name][0])
        if isinstance(command, click.Group):
            for place in FURTHER.get(cmd_name, ()):
                command.add_command(_written_at(place))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a database that is not there or not up to date is told, not traced."""
        from django.db import DatabaseError  # the framework is set up with the first command, not with the help

        from noivu.core.busy import busy, is_busy
        from noivu.core.storage import storage_refusal

        try:
            return super().invoke(ctx)
        except DatabaseError as problem:
            refusal = busy() if is_busy(problem) else storage_refusal(problem) or database_refusal()
            if refusal is None:
                raise
            raise refusal from problem

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading the product: help comes at once."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


def _written_at(place: str) -> click.Command:
    module, name = place.split(":")
    command: click.Command = getattr(importlib.import_module(module), name)
    return command


def database_refusal() -> Refusal | None:
    """Why the database cannot be worked with, when that is what is wrong."""
    from noivu.portal.checkup import database_trouble

    trouble = database_trouble()
    if trouble is None:
        return None
    vi, en = (" ".join(words.split()) + "." for words in (trouble.says.vi, trouble.says.en))
    return Refusal(what=Text(vi=vi, en=en), do=_DO.get(trouble.code), code="database")


_DO = {
    "database": Text(
        vi="Kiểm tra máy chủ cơ sở dữ liệu có chạy, DATABASE_URL ghi đúng người dùng, máy và tên đã tạo.",
        en="See that the database server runs, and that DATABASE_URL names an existing user and database.",
    )
}


def _file_refusal(problem: OSError) -> Refusal:
    """A file or directory that could not be read or written, told by its name and what the system says."""
    which, why = problem.filename or "", problem.strerror or str(problem)
    return Refusal(
        what=Text(vi=f"Không đọc hoặc ghi được {which}: {why}.", en=f"Cannot read or write {which}: {why}."),
        do=Text(
            vi="Kiểm tra đường dẫn, quyền và dung lượng đĩa.",
            en="Look at the path, its rights and the room on the disk.",
        ),
        code="file",
    )


def set_up_framework(data: str | None) -> None:
    """Point the settings to the data directory, and load the product."""
    if data:
        os.environ["NOIVU_DATA"] = data
    os.umask(0o077)  # what a command writes, registers and keys among it, is for the account that runs it
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
        click.echo(in_both(refusal), err=True)
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
    except OSError as problem:
        from noivu.core.storage import storage_refusal

        click.echo(in_both(storage_refusal(problem) or _file_refusal(problem)), err=True)
        sys.exit(1)
    sys.exit(outcome if isinstance(outcome, int) else 0)
