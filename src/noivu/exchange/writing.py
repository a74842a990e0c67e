"""Messages as XML: the same message gives the same bytes."""

import base64
import hashlib
import re
from xml.etree import ElementTree as Xml

from noivu.core.text import nfc
from noivu.exchange.message import Answered, Message, Organ, parted

_NOTE = " Không tự nhận là phù hợp chuẩn; cấu trúc chưa đối chiếu với quy chuẩn. No conformity is claimed. "


def write_message(message: Message) -> bytes:
    """The bytes of a message file, UTF-8."""
    root = Xml.Element("edXML")
    root.append(Xml.Comment(_NOTE))
    header = Xml.SubElement(root, "Header")
    _message_header(Xml.SubElement(header, "MessageHeader"), message)
    traces = Xml.SubElement(header, "TraceHeaderList")
    for one in message.trace:
        _texts(Xml.SubElement(traces, "TraceHeader"), OrganId=one.organ_id, Timestamp=one.timestamp)
    business = Xml.SubElement(traces, "Bussiness")
    _texts(business, BussinessDocType=str(message.business_type), BussinessDocReason=message.business_reason)
    if message.replaces:
        replaced = Xml.SubElement(business, "ReplacementInfoList")
        for document_id in message.replaces:
            _texts(Xml.SubElement(replaced, "ReplacementInfo"), DocumentId=document_id)
    if message.status:
        _texts(Xml.SubElement(header, "Status"), StatusCode=message.status)
    manifest = Xml.SubElement(Xml.SubElement(root, "Body"), "Manifest")
    attached = Xml.SubElement(root, "Attachments")
    for number, file in enumerate(message.attachments, start=1):
        measured = {"size": str(len(file.content)), "sha256": hashlib.sha256(file.content).hexdigest()}
        Xml.SubElement(manifest, "Reference", {"href": f"cid:{number}", **measured}).text = file.name
        place = Xml.SubElement(attached, "Attachment", {"id": str(number)})
        _texts(place, AttachmentName=file.name)
        Xml.SubElement(place, "Content").text = base64.b64encode(file.content).decode()
    Xml.indent(root)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _message_header(place: Xml.Element, message: Message) -> None:
    _organ(Xml.SubElement(place, "From"), message.sender)
    for receiver in message.receivers:
        _organ(Xml.SubElement(place, "To"), receiver)
    _texts(Xml.SubElement(place, "Code"), CodeNumber=message.code_number, CodeNotation=message.code_notation)
    promulgated = Xml.SubElement(place, "PromulgationInfo")
    _texts(promulgated, Place=message.place, PromulgationDate=message.promulgated_on.isoformat())
    _texts(Xml.SubElement(place, "DocumentType"), TypeName=message.type_name)
    _texts(place, Subject=message.subject)
    _texts(Xml.SubElement(place, "SignerInfo"), FullName=message.signer)
    if message.due_on:
        _texts(place, DueDate=message.due_on.isoformat())
    if message.to_places:
        places = Xml.SubElement(place, "ToPlaces")
        for one in message.to_places:
            _texts(places, Place=one)
    other = Xml.SubElement(place, "OtherInfo")
    _texts(other, Priority=message.priority)
    if message.page_amount is not None:
        _texts(other, PageAmount=str(message.page_amount))
    for answered in message.response_for:
        _answered(Xml.SubElement(place, "ResponseFor"), answered)
    _texts(place, DocumentId=message.document_id)


def _answered(place: Xml.Element, answered: Answered) -> None:
    number, notation = parted(answered.symbol)
    _texts(place, OrganId=answered.organ_id)
    _texts(Xml.SubElement(place, "Code"), CodeNumber=number, CodeNotation=notation)
    day = answered.promulgated_on.isoformat() if answered.promulgated_on else ""
    _texts(place, PromulgationDate=day, DocumentId=answered.document_id)


def _organ(place: Xml.Element, organ: Organ) -> None:
    _texts(place, OrganId=organ.organ_id, OrganName=organ.name)


def _texts(place: Xml.Element, **texts: str) -> None:
    for name, text in texts.items():
        Xml.SubElement(place, name).text = as_read(text)


def as_read(text: str) -> str:
    """A text as it is read again: without what XML cannot bear, its lines ended in one way."""
    return nfc(_UNBEARABLE.sub(" ", _LINE_ENDS.sub("\n", text)).strip())


_LINE_ENDS = re.compile(r"\r\n?")
_UNBEARABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
