"""The command `noivu message`: message files between agencies."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from noivu.core import clock
from noivu.core.console import DAY, acting_as, actor_named, as_json_option, emit
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.exchange.codes import NEW, RECALL, REPLACE, STATUSES, UPDATE
from noivu.exchange.message import Organ
from noivu.exchange.queries import dispatch_numbered, document_numbered
from noivu.exchange.services import export_message, export_status, forward_message, import_message
from noivu.exchange.wording import told
from noivu.units.api import find_unit

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_UNCLAIMED = Text(
    vi="Không tự nhận là phù hợp chuẩn: cấu trúc chưa đối chiếu với quy chuẩn.",
    en="No conformity is claimed: the structure is not verified against the standard.",
)
_TYPES = {"new": NEW, "recall": RECALL, "update": UPDATE, "replace": REPLACE}
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _organ_id(command: _Command) -> _Command:
    return click.option("--organ-id", required=True, metavar="CODE", help="Our own identification code.")(command)


def _out(command: _Command) -> _Command:
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("-o", "--out", required=True, type=path, help="Where the message file is written.")(command)


@click.group(epilog="Example: noivu message import cong-van.edxml --unit SNV-40")
def message() -> None:
    """Message files (edXML) between agencies; no conformity is claimed."""


@message.command("export", epilog="Example: noivu message export 12 --organ-id 000.00.01.H40 -o cong-van.edxml")
@click.argument("sending", type=int)
@_organ_id
@_out
@click.option("--type", "kind", type=click.Choice(list(_TYPES)), default="new", help="What the message asks.")
@click.option("--reason", default="", help="Of an update or a replacement: why. A recall has its own.")
@click.option(
    "--replaces", type=int, default=None, metavar="SENDING", help="Of a replacement: the sending it replaces."
)
@acting_as
@as_json_option
def export(
    sending: int,
    organ_id: str,
    out: Path,
    kind: str,
    reason: str,
    replaces: int | None,
    username: str | None,
    as_json: bool,
) -> None:
    """Write the message file of a sending (its number stands on the document's page), with its files."""
    content = export_message(
        actor=actor_named(username),
        dispatch=_known(dispatch_numbered(sending), sending, _SENDING),
        organ_id=organ_id,
        business_type=_TYPES[kind],
        reason=reason,
        replaced=_known(dispatch_numbered(replaces), replaces, _SENDING) if replaces is not None else None,
    )
    _write(out, content, {"sending": sending}, as_json)


@message.command("status", epilog="Example: noivu message status 7 --organ-id 000.00.02.H40 -o trang-thai.edxml")
@click.argument("document", type=int)
@_organ_id
@_out
@click.option("--status", type=click.Choice(list(STATUSES)), default=None, help="Default: how the document stands.")
@acting_as
@as_json_option
def status(document: int, organ_id: str, out: Path, status: str | None, username: str | None, as_json: bool) -> None:
    """Write the file that tells the sender how an incoming document (the number in its page's address) stands."""
    found = _known(document_numbered(document), document, _DOCUMENT)
    content = export_status(actor=actor_named(username), document=found, organ_id=organ_id, status=status or "")
    _write(out, content, {"document": document}, as_json)


@message.command(
    "forward", epilog="Example: noivu message forward 7 --organ-id 000.00.02.H40 --to 000.00.03.H40 -o tiep.edxml"
)
@click.argument("document", type=int)
@_organ_id
@_out
@click.option("--to", "to", required=True, metavar="CODE", help="The further receiver's code.")
@click.option("--to-name", default="", metavar="NAME", help="Its name.")
@acting_as
@as_json_option
def forward(
    document: int, organ_id: str, out: Path, to: str, to_name: str, username: str | None, as_json: bool
) -> None:
    """Write the message of an incoming document for a further organisation, with our station added to its trace."""
    found = _known(document_numbered(document), document, _DOCUMENT)
    content = forward_message(actor=actor_named(username), document=found, organ_id=organ_id, to=Organ(to, to_name))
    _write(out, content, {"document": document}, as_json)


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
            "status": taken.status,
            "changed": taken.is_new,
        },
        as_json,
        lambda done: str(told(taken)),
    )


_SENDING = Text(vi="lần gửi số", en="sending"), Text(vi="trang văn bản đi", en="page of the document")
_DOCUMENT = (
    Text(vi="văn bản đến mã", en="incoming document"),
    Text(vi="địa chỉ trang văn bản", en="address of its page"),
)
_Thing = TypeVar("_Thing")


def _known(found: _Thing | None, number: int, words: tuple[Text, Text]) -> _Thing:
    if found is not None:
        return found
    thing, place = words
    raise Refusal(
        what=Text(vi=f"Không có {thing.vi} {number}.", en=f"There is no {thing.en} {number}."),
        do=Text(vi=f"Xem số đó ở {place.vi}.", en=f"See the number on the {place.en}."),
        code="unknown",
    )


def _write(out: Path, content: bytes, about: dict[str, int], as_json: bool) -> None:
    out.write_bytes(content)
    told = {**about, "file": str(out), "bytes": len(content)}
    emit(told, as_json, lambda done: f"{done['file']}: {done['bytes']} byte. {_UNCLAIMED}")
