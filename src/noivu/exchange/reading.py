"""Messages from XML, within limits: no definitions of types or entities, no other encoding, no depth, no size."""

import base64
import binascii
import hashlib
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.exchange.codes import BUSINESS_TYPES, STATUSES
from noivu.exchange.message import Answered, Attachment, Message, Organ, Trace, joined
from noivu.papers.api import check_file

MOST_BYTES = 70 * 1024 * 1024
_DEEPEST, _MOST_ELEMENTS, _MOST_TEXT = 24, 20_000, 10_000
_LONGEST = {
    **dict.fromkeys(("OrganId", "CodeNumber"), 35),
    **dict.fromkeys(("CodeNotation", "Timestamp", "Priority"), 80),
    **dict.fromkeys(("OrganName", "FullName", "DocumentId", "Place"), 200),
    "TypeName": 60,
    "AttachmentName": 255,
    "BussinessDocReason": 500,
    "Subject": 2000,
}
"""How long a part may be: registers and the record of messages hold no more."""
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_ENCODING = re.compile(rb"^<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)


class _Bounded(Xml.TreeBuilder):
    """Builds the tree under names without namespaces, and stops where it grows beyond measure."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: Any, attrs: Any) -> Xml.Element:
        self.depth, self.elements = self.depth + 1, self.elements + 1
        if self.depth > _DEEPEST or self.elements > _MOST_ELEMENTS:
            raise _refused("quá nhiều hoặc quá sâu", "too many or too deep elements", "size")
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: Any) -> Xml.Element:
        self.depth -= 1
        return super().end(tag.rpartition("}")[2])


def read_message(content: bytes) -> Message:
    """The message of a file; whatever is wrong with it is refused with what to do. Its files have been checked."""
    root = _parsed(content)
    header = root.find(".//MessageHeader")
    if header is None:
        raise _refused("không có phần MessageHeader", "there is no MessageHeader", "header")
    written = _text(root, ".//BussinessDocType") or "0"
    business = int(written) if len(written) == 1 and written.isascii() and written.isdecimal() else -1
    status = _text(root, ".//StatusCode")
    if business not in BUSINESS_TYPES or (status and status not in STATUSES):
        raise _refused("mã nghiệp vụ hoặc trạng thái lạ", "an unknown business type or status", "code")
    sender, subject = header.find("From"), _text(header, "Subject")
    day = _day(header, "PromulgationInfo/PromulgationDate")
    document_id = _text(header, "DocumentId") or _text(root, ".//Bussiness/DocumentId")
    symbol = joined(_text(header, "Code/CodeNumber"), _text(header, "Code/CodeNotation"))
    if len(symbol) > _LONGEST["CodeNotation"]:
        raise _refused("số, ký hiệu quá dài", "the symbol is too long", "size")
    if sender is None or not _text(sender, "OrganId") or not subject or day is None or not document_id:
        raise _refused(
            "thiếu nơi gửi, trích yếu, ngày ban hành hoặc DocumentId",
            "sender, subject, day of issue or DocumentId is missing",
            "required",
        )
    return Message(
        sender=_organ(sender),
        receivers=tuple(_organ(one) for one in header.findall("To")),
        code_number=_text(header, "Code/CodeNumber"),
        code_notation=_text(header, "Code/CodeNotation"),
        document_id=document_id,
        promulgated_on=day,
        subject=subject,
        place=_text(header, "PromulgationInfo/Place"),
        type_name=_text(header, "DocumentType/TypeName"),
        signer=_text(header, "SignerInfo/FullName"),
        due_on=_day(header, "DueDate"),
        priority=_text(header, "OtherInfo/Priority"),
        business_type=business,
        business_reason=_text(root, ".//BussinessDocReason"),
        status=status,
        to_places=tuple(place for one in header.iterfind("ToPlaces/Place") if (place := _text(one, "."))),
        page_amount=_number(header, "OtherInfo/PageAmount"),
        response_for=tuple(_answered(one) for one in header.findall("ResponseFor")),
        replaces=tuple(_text(one, "DocumentId") for one in root.iter("ReplacementInfo")),
        trace=tuple(Trace(_text(one, "OrganId"), _text(one, "Timestamp")) for one in root.iter("TraceHeader")),
        attachments=_attachments(root),
    )


def _parsed(content: bytes) -> Xml.Element:
    if len(content) > MOST_BYTES:
        raise _refused(f"lớn hơn {MOST_BYTES >> 20} MB", f"larger than {MOST_BYTES >> 20} MB", "size")
    encoding = _ENCODING.match(content.lstrip(b"\xef\xbb\xbf"))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or (encoding and encoding[1].lower() not in (b"utf-8", b"utf8")):
        raise _refused("không phải UTF-8", "it is not UTF-8", "encoding")
    if _FORBIDDEN.search(content):
        raise _refused("có khai báo DTD hoặc thực thể", "it declares types or entities", "dtd")
    try:
        return Xml.fromstring(content, Xml.XMLParser(target=_Bounded()))  # noqa: S314  nothing that expands gets here
    except Xml.ParseError as broken:
        raise _refused("không phải XML hợp lệ", "it is no well-formed XML", "xml") from broken


def _answered(place: Xml.Element) -> Answered:
    symbol = joined(_text(place, "Code/CodeNumber"), _text(place, "Code/CodeNotation")) or _text(place, "Code")
    day = _day(place, "PromulgationDate")
    return Answered(_text(place, "OrganId"), symbol, day, _text(place, "DocumentId"))


def _organ(place: Xml.Element) -> Organ:
    return Organ(_text(place, "OrganId"), _text(place, "OrganName"))


def _text(place: Xml.Element, path: str) -> str:
    found = nfc((place.findtext(path) or "").strip())
    if len(found) > _LONGEST.get(path.rpartition("/")[2], _MOST_TEXT):
        raise _refused(f"phần {path} quá dài", f"{path} is too long", "size")
    return found


def _day(place: Xml.Element, path: str) -> date | None:
    written = _text(place, path)[:10]
    try:
        if "/" in written:
            day, month, year = written.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(written) if written else None
    except ValueError as unknown:
        raise _refused(f"ngày “{written}” không đọc được", f"“{written}” is no day", "day") from unknown


def _number(place: Xml.Element, path: str) -> int | None:
    written = _text(place, path)
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= 4):
        raise _refused(f"số “{written}” không đọc được", f"“{written}” is no number of pages", "number")
    return int(written)


def _attachments(root: Xml.Element) -> tuple[Attachment, ...]:
    """The files, each as the manifest measures it: one that is named there and missing, or differs, is refused."""
    placed = list(enumerate(root.iter("Attachment"), start=1))
    found = {one.get("id") or str(number): _attachment(one) for number, one in placed}
    if len(found) < len(placed):
        raise _refused("hai tệp cùng một mã", "two files have one id", "missing")
    for reference in root.iterfind("Body/Manifest/Reference"):
        name, href = (reference.text or "").strip(), reference.get("href", "")
        if not href.startswith("cid:"):
            continue
        file = found.get(href.removeprefix("cid:"))
        if file is None:
            raise _refused(f"thiếu tệp “{name}”", f"the file “{name}” is missing", "missing")
        size, sha256 = reference.get("size", str(len(file.content))), reference.get("sha256", "").lower()
        if size != str(len(file.content)) or sha256 not in {"", hashlib.sha256(file.content).hexdigest()}:
            raise _refused(
                f"tệp “{file.name}” không khớp cỡ hoặc mã băm ghi trong thông điệp",
                f"“{file.name}” has not the size or hash that the message gives",
                "changed",
            )
    return tuple(found.values())


def _attachment(place: Xml.Element) -> Attachment:
    name = _text(place, "AttachmentName")
    try:
        content = base64.b64decode("".join((place.findtext("Content") or "").split()), validate=True)
    except (binascii.Error, ValueError) as broken:
        raise _refused(f"tệp “{name}” không giải mã được", f"“{name}” cannot be decoded", "base64") from broken
    check_file(name, content)
    return Attachment(name, content)


def _refused(vi: str, en: str, code: str) -> Refusal:
    return Refusal(
        what=Text(vi=f"Không đọc được tệp thông điệp: {vi}.", en=f"The message file is not taken: {en}."),
        do=Text(vi="Đề nghị nơi gửi xuất lại tệp.", en="Ask the sender for the file again."),
        where="file",
        code=f"message_{code}",
    )
