"""Message files: what is written is read again, twice is once, and nothing dangerous comes in."""

import base64
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from noivu.core.actors import SYSTEM, Actor
from noivu.core.refusals import Refusal
from noivu.exchange.codes import BUSINESS_TYPES, STATUSES
from noivu.exchange.commands import message as command
from noivu.exchange.message import Answered, Attachment, Message, Organ, Trace
from noivu.exchange.reading import read_message
from noivu.exchange.services import import_message
from noivu.exchange.writing import write_message
from noivu.law.api import override_parameter
from noivu.records.api import IncomingDocument, MessageFile, attach_file, send_document
from noivu.records.testing import goes_out
from noivu.units.testing import Sector, small_sector

DAY, NEXT = date(2024, 10, 15), date(2024, 10, 16)
LETTER = Message(
    sender=Organ("000.00.01.H40", "Sở Nội vụ tỉnh Nghệ An"),
    receivers=(Organ("000.00.00.G09", "Bộ Nội vụ"), Organ("000.00.01.H08", "Sở Nội vụ")),
    code_number="05",
    code_notation="BC-SNV",
    document_id="000.00.01.H40,2024,05/BC-SNV",
    promulgated_on=DAY,
    subject="Báo cáo <kết quả> & kiến nghị",
    place="Nghệ An",
    type_name="Báo cáo",
    signer="Trần Khánh An",
    due_on=date(2024, 11, 1),
    priority="1",
    to_places=("Như trên", "Lưu: VT"),
    page_amount=3,
    response_for=(Answered("000.00.00.G09", "12/BNV-VP", date(2024, 10, 1), "000.00.00.G09,2024,12/BNV-VP"),),
    replaces=("000.00.01.H40,2024,04/BC-SNV",),
    trace=(Trace("000.00.01.H40", "2024-10-15T08:00:00+07:00"),),
    attachments=(Attachment("Phụ lục.txt", "Kính gửi".encode()),),
)


@pytest.mark.parametrize("business_type", BUSINESS_TYPES)
@pytest.mark.parametrize("status", ["", *STATUSES])
def test_what_is_written_is_read_again_byte_for_byte(business_type: int, status: str) -> None:
    said = replace(LETTER, business_type=business_type, business_reason="Vì thế", status=status)
    written = write_message(said)
    assert read_message(written) == said
    assert write_message(read_message(written)) == written


def test_the_codes_are_those_of_the_field() -> None:
    assert list(STATUSES) == ["01", "02", "03", "04", "05", "06", "13", "15", "16"]
    assert list(BUSINESS_TYPES) == [0, 1, 2, 3]


def test_any_namespace_is_read() -> None:
    written = write_message(LETTER).replace(b"<edXML>", b'<edXML xmlns="urn:x">')
    assert read_message(written) == LETTER


WHOLE = write_message(LETTER)
ATTACHED = WHOLE[WHOLE.index(b"<Attachment ") : WHOLE.index(b"</Attachments>")]
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
BAD = {
    "entities": (LAUGHS + WHOLE.split(b"\n", 1)[1], "message_dtd"),
    "another encoding": (WHOLE.decode().replace("utf-8", "utf-16").encode("utf-16"), "message_encoding"),
    "a cut file": (WHOLE[:400], "message_xml"),
    "no XML": (b"PK\x03\x04", "message_xml"),
    "another XML": (b"<a/>", "message_header"),
    "depth": (b"<a>" * 40 + b"</a>" * 40, "message_size"),
    "many elements": (b"<a>" + b"<b/>" * 20_001 + b"</a>", "message_size"),
    "an unknown business type": (WHOLE.replace(b"DocType>0<", b"DocType>7<"), "message_code"),
    "an unknown status": (write_message(replace(LETTER, status="99")), "message_code"),
    "no subject": (write_message(replace(LETTER, subject=" ")), "message_required"),
    "no id": (write_message(replace(LETTER, document_id="")), "message_required"),
    "a day that is none": (WHOLE.replace(b"2024-10-15<", b"2024-13-15<"), "message_day"),
    "broken base64": (WHOLE.replace(base64.b64encode("Kính gửi".encode()), b"a*b"), "message_base64"),
    "a file of another size": (WHOLE.replace(b'size="11"', b'size="12"'), "message_changed"),
    "a file of another hash": (WHOLE.replace(b'sha256="', b'sha256="0'), "message_changed"),
    "a changed file": (
        WHOLE.replace(base64.b64encode("Kính gửi".encode()), base64.b64encode("Kính gởi".encode())),
        "message_changed",
    ),
    "a missing file": (WHOLE.replace(b"cid:1", b"cid:2"), "message_missing"),
    "two files of one id": (WHOLE.replace(b"</Attachments>", ATTACHED + b"</Attachments>"), "message_missing"),
    "a number of pages that is none": (WHOLE.replace(b"PageAmount>3<", b"PageAmount>-3<"), "message_number"),
    "a symbol too long": (write_message(replace(LETTER, code_notation="X" * 119)), "message_size"),
    "an id too long": (write_message(replace(LETTER, document_id="9" * 201)), "message_size"),
    "a program": (
        write_message(replace(LETTER, attachments=(Attachment("a.pdf", b"MZ\x90\0"),))),
        "file_runs",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_it_refuses(case: str) -> None:
    content, code = BAD[case]
    with pytest.raises(Refusal) as refused:
        read_message(content)
    assert refused.value.code == code


@pytest.fixture
def sector(db: None) -> Sector:
    return small_sector()


def taken(sector: Sector, message: Message) -> tuple[IncomingDocument, bool]:
    done = import_message(actor=SYSTEM, unit_id=sector.office.pk, content=write_message(message), arrived_on=NEXT)
    return done.document, done.is_new


def test_a_new_document_is_registered_once_with_its_files(sector: Sector) -> None:
    document, is_new = taken(sector, LETTER)
    assert is_new
    assert (document.symbol, document.issuer, document.kind) == ("05/BC-SNV", "Sở Nội vụ tỉnh Nghệ An", "bao-cao")
    assert [file.name for file in document.files.all()] == ["Phụ lục.txt"]
    assert taken(sector, LETTER) == (document, False)
    assert taken(sector, replace(LETTER, priority="2")) == (document, False)
    assert (IncomingDocument.objects.count(), MessageFile.objects.count()) == (1, 1)


def test_a_code_of_another_form_is_refused_until_the_parameter_has_it(sector: Sector) -> None:
    new_form = replace(LETTER, sender=Organ("H40.1.2", "Sở Nội vụ"))
    with pytest.raises(Refusal, match="mã định danh"):
        taken(sector, new_form)
    assert not IncomingDocument.objects.exists()
    override_parameter(
        actor=SYSTEM,
        code="organ_id.form",
        value="000.00.00.A00 | A00.9.9",
        starts_on=date(2022, 1, 1),
        reason="Mã theo Quyết định 20/2020/QĐ-TTg",
        instrument="QCVN 102:2016/BTTTT",
    )
    assert taken(sector, new_form)[1]
    assert taken(sector, replace(LETTER, document_id="x"))[1]


@pytest.mark.parametrize("business_type", [1, 2, 3])
def test_what_cannot_be_followed_is_refused_and_changes_nothing(sector: Sector, business_type: int) -> None:
    with pytest.raises(Refusal, match="bằng tay"):
        taken(sector, replace(LETTER, business_type=business_type))
    assert not MessageFile.objects.exists()


def test_someone_without_grant_may_not_take_it_in(sector: Sector) -> None:
    with pytest.raises(Refusal, match="Không có quyền"):
        import_message(actor=Actor("x", "Người lạ"), unit_id=sector.office.pk, content=WHOLE, arrived_on=NEXT)


def test_a_sending_goes_out_and_comes_in_by_the_command(sector: Sector, tmp_path: Path) -> None:
    letter = goes_out(sector.office, DAY, signer="Lê Thu Bình")
    attach_file(actor=SYSTEM, document=letter, name="a.txt", stream=io.BytesIO(b"noi dung"), size=8)
    sending = send_document(actor=SYSTEM, document=letter, to_name="Cục Lưu trữ", organ_id="000.00.01.G09")
    out = tmp_path / "a.edxml"
    run = CliRunner().invoke
    asked = ["export", str(sending.pk), "--organ-id", "000.00.00.G09", "-o", str(out)]
    assert "Không tự nhận" in run(command, asked, catch_exceptions=False).output
    first = out.read_bytes()
    run(command, asked, catch_exceptions=False)
    assert out.read_bytes() == first
    said = ["import", str(out), "--unit", "BNV", "--arrived", "2024-10-16"]
    assert "Văn bản mới: số đến 01." in run(command, said, catch_exceptions=False).output
    assert "Không đổi" in run(command, said, catch_exceptions=False).output
    with pytest.raises(Refusal, match="mã định danh"):
        run(command, [*asked[:3], "G09", *asked[4:]], catch_exceptions=False)
    with pytest.raises(Refusal, match="Không có lần gửi"):
        run(command, ["export", "999", *asked[2:]], catch_exceptions=False)
