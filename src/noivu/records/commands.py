"""The commands `noivu message` (message files between agencies) and `noivu documents` (the words of files)."""

from collections import Counter
from datetime import date
from pathlib import Path

import click

from noivu.core import clock
from noivu.core.console import DAY, acting_as, actor_named, as_json_option, emit
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.records.edxml.codes import BUSINESS_TYPES
from noivu.records.edxml.services import export_message, import_message
from noivu.records.models import Dispatch, TextState
from noivu.records.services.texts import forget_failures, read_texts
from noivu.units.api import find_unit

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_UNCLAIMED = Text(
    vi="Không tự nhận là phù hợp chuẩn: cấu trúc chưa đối chiếu với quy chuẩn.",
    en="No conformity is claimed: the structure is not verified against the standard.",
)


@click.group(epilog="Example: noivu message import cong-van.edxml --unit SNV-40")
def message() -> None:
    """Message files (edXML) between agencies; no conformity is claimed."""


@message.command("export", epilog="Example: noivu message export 12 --organ-id 000.00.01.H40 -o cong-van.edxml")
@click.argument("sending", type=int)
@click.option("--organ-id", required=True, metavar="CODE", help="The sender's code of 13 characters.")
@click.option(
    "-o",
    "--out",
    "out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the message file is written.",
)
@acting_as
@as_json_option
def export(sending: int, organ_id: str, out: Path, username: str | None, as_json: bool) -> None:
    """Write the message file of a sending (its number stands on the document's page), with its files."""
    dispatch = Dispatch.objects.select_related("document").filter(pk=sending).first()
    if dispatch is None:
        raise Refusal(
            what=Text(vi=f"Không có lần gửi số {sending}.", en=f"There is no sending {sending}."),
            do=Text(vi="Xem số lần gửi ở trang văn bản đi.", en="See its number on the page of the document."),
            code="unknown",
        )
    content = export_message(actor=actor_named(username), dispatch=dispatch, organ_id=organ_id)
    out.write_bytes(content)
    emit(
        {"sending": sending, "file": str(out), "bytes": len(content)},
        as_json,
        lambda done: f"{done['file']}: {done['bytes']} byte. {_UNCLAIMED}",
    )


@message.command("import", epilog="Example: noivu message import cong-van.edxml --unit SNV-40 --arrived 2024-10-16")
@click.argument("file", type=_FILE)
@click.option("--unit", "unit_code", required=True, metavar="CODE", help="Whose register it goes into.")
@click.option("--arrived", type=DAY, default=None, metavar="DATE", help="When it arrived (default: today).")
@acting_as
@as_json_option
def import_file(file: Path, unit_code: str, arrived: date | None, username: str | None, as_json: bool) -> None:
    """Take a message file into a register; the same document again changes nothing."""
    day = arrived or clock.today()
    taken = import_message(
        actor=actor_named(username),
        unit_id=find_unit(unit_code, day).pk,
        content=file.read_bytes(),
        arrived_on=day,
    )
    emit(
        {
            "document": taken.document.pk,
            "number": str(taken.document.number),
            "business_type": taken.business_type,
            "changed": taken.is_new,
        },
        as_json,
        lambda done: str(_done(taken.is_new, done["business_type"]).format(number=done["number"])),
    )


def _done(is_new: bool, business_type: int) -> Text:
    if not is_new:
        return Text(vi="Không đổi: số đến {number} đã có.", en="Unchanged: it stands as number {number}.")
    said = BUSINESS_TYPES[business_type]
    return Text(vi=f"{said.vi}: số đến {{number}}.", en=f"{said.en}: number {{number}}.")


@click.group()
def documents() -> None:
    """Documents of registers and their files."""


@documents.command(epilog="Example: noivu documents text --again")
@click.option("--again", is_flag=True, help="Also read files anew whose words could not be read before.")
@as_json_option
def text(again: bool, as_json: bool) -> None:
    """Read the words of DOCX and PDF files that wait for it, so that documents are found by them."""
    if again:
        forget_failures()
    states = Counter(file.state for file in read_texts())
    emit({state.value: states[state.value] for state in TextState}, as_json, lambda done: str(_READ.format(**done)))


_READ = Text(
    vi="Đã đọc chữ của {read} tệp; {empty} tệp không có lớp chữ; {unreadable} tệp không đọc được.",
    en="The words of {read} files were read; {empty} hold none; {unreadable} cannot be read.",
)
