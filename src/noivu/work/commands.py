"""`noivu deadline recount`."""

from collections.abc import Iterable
from typing import Any

import click

from noivu.core.console import acting_as, actor_named, as_json_option, emit, progress
from noivu.core.wording import Text
from noivu.work.recounting import Recounted, examples, in_words, recount_all

_SHOWN = 20
_REASON = Text(vi="Tính lại theo lịch làm việc và quy tắc hiện hành", en="Counted anew by calendar and rules")


@click.command(epilog="Example: noivu deadline recount --dry-run")
@click.option("--dry-run/--apply", default=True, show_default=True, help="Only say what would move, or move it.")
@click.option("--reason", default="", metavar="WORDS", help="Why, as it will stand beside each due date that moves.")
@acting_as
@as_json_option
def recount(dry_run: bool, reason: str, username: str | None, as_json: bool) -> None:
    """Count the due dates of all that is open anew, by the calendar and the rules as they are now.

    Changes of the calendar and of rules do this by themselves; this is for due dates from before, and for a look.
    """

    def watched(chunks: Iterable[list[int]], total: int) -> Iterable[list[int]]:
        return progress(chunks, "recount", total)

    done = recount_all(actor_named(username), reason or _REASON.vi, dry_run=dry_run, progress=watched)
    emit(_plain(done, dry_run), as_json, lambda _: _words(done))


def _plain(done: Recounted, dry_run: bool) -> dict[str, Any]:
    return {
        "applied": not dry_run,
        "moved": done.moved,
        "kept": done.kept,
        "recount": done.recount.pk if done.recount else None,
        "moves": [
            {"obligation": move.obligation_id, "from": move.before, "to": move.after, "rule": move.rule or None}
            for move in done.moves
        ],
    }


def _words(done: Recounted) -> str:
    return "\n".join([str(in_words(done)), *examples(done, _SHOWN)])
