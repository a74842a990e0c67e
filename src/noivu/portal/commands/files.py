"""`noivu files`: what lies in the file store, and whether anything names it."""

from datetime import timedelta
from typing import Any

import click

from noivu.core.console import acting_as, actor_named, as_json_option, emit
from noivu.core.files import file_store
from noivu.core.wording import Text
from noivu.portal.cleaning import GRACE, Unnamed, clean_files, unnamed_files


@click.group()
def files() -> None:
    """The file store: files of documents and imported sheets, kept by the hash of their bytes."""


@files.command(epilog="Example: noivu files clean --dry-run")
@click.option("--dry-run", is_flag=True, help="Say what would be removed; remove nothing.")
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=1),
    default=GRACE.days,
    show_default=True,
    metavar="DAYS",
    help="Only files that have lain this long: an upload under way is never touched.",
)
@acting_as
@as_json_option
def clean(dry_run: bool, days: int, username: str | None, as_json: bool) -> None:
    """Remove files that no row of the database names; the log tells each."""
    actor, grace = actor_named(username), timedelta(days=days)
    unnamed = unnamed_files(grace) if dry_run else clean_files(actor=actor, grace=grace)
    emit(_plain(unnamed, dry_run), as_json, _in_words)


@files.command(epilog="Example: noivu files verify --json")
@as_json_option
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """Read every kept file again; exit 1 if the bytes of one are no longer those it was kept under."""
    changed = list(file_store().verify())
    emit({"changed": changed}, as_json, _changed_in_words)
    if changed:
        context.exit(1)


def _plain(unnamed: Unnamed, dry_run: bool) -> dict[str, Any]:
    return {
        "removed": not dry_run,
        "files": [{"sha256": sha256, "size": size} for sha256, size in unnamed.files.items()],
        "drafts": len(unnamed.drafts),
    }


def _in_words(payload: dict[str, Any]) -> str:
    count = len(payload["files"]) + payload["drafts"]
    size = sum(one["size"] for one in payload["files"]) / (1 << 20)
    if payload["removed"]:
        said = Text(vi="Đã xóa {n} tệp ({size} MB)", en="{n} file removed ({size} MB)||{n} files removed ({size} MB)")
    else:
        said = Text(
            vi="{n} tệp không còn nơi nào dùng ({size} MB)",
            en="{n} file that nothing names ({size} MB)||{n} files that nothing names ({size} MB)",
        )
    return str(said.format(n=count, size=f"{size:.1f}"))


def _changed_in_words(payload: dict[str, Any]) -> str:
    changed = payload["changed"]
    if not changed:
        return str(Text(vi="Mọi tệp còn nguyên", en="Every file is as it was kept"))
    said = Text(vi="{n} tệp đã bị thay đổi:", en="{n} file has changed:||{n} files have changed:")
    return "\n".join([str(said.format(n=len(changed))), *changed])
