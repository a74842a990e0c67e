"""Messages from XML, within limits: no definitions of types or entities, no other encoding, no depth, no size."""

import base64
import binascii
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text
from noivu.papers.api import check_file
from noivu.records.edxml.codes import BUSINESS_TYPES, STATUSES
from noivu.records.edxml.message import Attachment, Message, Organ, Trace

MOST_BYTES = 70 * 1024 * 1024
_DEEPEST, _MOST_ELEMENTS, _MOST_TEXT = 24, 20_000, 10_000
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
        trace=tuple(Trace(_text(one, "OrganId"), _text(one, "Timestamp")) for one in root.iter("TraceHeader")),
        attachments=tuple(_attachment(one) for one in root.iter("Attachment")),
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


def _organ(place: Xml.Element) -> Organ:
    return Organ(_text(place, "OrganId"), _text(place, "OrganName"))


def _text(place: Xml.Element, path: str) -> str:
    found = nfc((place.findtext(path) or "").strip())
    if len(found) > _MOST_TEXT:
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
