"""`noivu units load` and `plan-2025`: the real units that come with the product, beside the commands of the room."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from noivu.core.console import DAY, acting_as, actor_named, as_json_option, emit, note
from noivu.core.wording import Text
from noivu.portal.vietnam import load_vietnam
from noivu.portal.vietnam.plan_2025 import plan_2025


@click.group(epilog="Example: noivu units load vietnam")
def load() -> None:
    """Load a list of units."""


@load.command("vietnam", epilog="Example: noivu units load vietnam")
@click.option("--until", type=DAY, default=None, help="Only what was so by this day (a rehearsal of what came after).")
@acting_as
@as_json_option
def vietnam(until: date | None, username: str | None, as_json: bool) -> None:
    """The real units of Viet Nam: three tiers of 30/6/2025, two of 1/7/2025, successions, the changes since."""
    written = load_vietnam(actor=actor_named(username), until=until, say=note)
    payload = {
        "units": written.units,
        "facts": written.facts,
        "successions": written.successions,
        "present": written.present,
        "changed": written.changed,
        "differing": written.differing,
    }
    emit(payload, as_json, _loaded_words)


def _loaded_words(done: Any) -> str:
    text = Text(
        vi="{units} đơn vị, {facts} dữ kiện, {successions} kế thừa đã nạp; {present} đơn vị đã có sẵn; "
        "{changed} dữ kiện đổi theo danh mục, {differing} dữ kiện khác với sổ nên giữ như sổ.",
        en="{units} units, {facts} facts, {successions} successions loaded; {present} units were there "
        "already; {changed} facts changed as listed, {differing} kept because the register says otherwise.",
    )
    return str(text.format(**done))


@click.command("plan-2025", epilog="Example: noivu units plan-2025 -o plan-2025.yaml")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, writable=True), required=True, help="The file to write."
)
def plan_2025_command(output: str) -> None:
    """The arrangement of 1/7/2025 as a plan of reorganisation, to rehearse it (noivu reorganise)."""
    Path(output).write_text(plan_2025(), encoding="utf-8")
    note(f"→ {output}")
