"""The figures of registers: documents received, sent, and declared off the network."""

from noivu.core.indicators import BaseSet, Breakdown, Indicator, Reading, RecordLine, Rows, Source
from noivu.core.wording import Text
from noivu.figures.api import declare
from noivu.records.addresses import declaration_address, document_address
from noivu.records.constants import Direction
from noivu.records.models import IncomingDocument, OffNetworkDeclaration, OutgoingDocument

DOCUMENTS = Text(vi="văn bản", en="document||documents")


def received(reading: Reading) -> Rows:
    """Documents that arrived in the period by the day of reading, without cancelled numbers."""
    parts = IncomingDocument.objects.known_parts(reading.known_at)
    return [part.numbered().arrived_in(reading.range, by=reading.as_of) for part in parts]


def sent(reading: Reading) -> Rows:
    """Documents issued in the period by the day of reading, without cancelled numbers."""
    parts = OutgoingDocument.objects.known_parts(reading.known_at)
    return [part.numbered().issued_in(reading.range, by=reading.as_of) for part in parts]


def declared_off_network(reading: Reading) -> Rows:
    """Declarations of documents in, of the months of the period."""
    return (
        OffNetworkDeclaration.objects.known_at(reading.known_at).of_months(reading).filter(direction=Direction.IN.value)
    )


def describe_incoming(document: IncomingDocument) -> RecordLine:
    words = " · ".join(part for part in (str(document.number), document.symbol, document.summary) if part)
    return RecordLine(document.pk, document.unit_id, words, document_address(Direction.IN, document.pk))


def describe_outgoing(document: OutgoingDocument) -> RecordLine:
    words = f"{document.symbol} · {document.summary}"
    return RecordLine(document.pk, document.unit_id, words, document_address(Direction.OUT, document.pk))


def describe_declaration(declared: OffNetworkDeclaration) -> RecordLine:
    words = f"{declared.month:%m/%Y}: {declared.count} · {declared.declared_by_name}"
    return RecordLine(declared.pk, declared.unit_id, words, declaration_address(declared.pk))


ASSIGNED_UNIT = Breakdown("assigned_unit", Text(vi="Đơn vị xử lý", en="Assigned unit"), "assigned_unit_id")
KIND = Breakdown("kind", Text(vi="Loại văn bản", en="Type of document"), "kind", kind="text")

declare(
    sources=[
        Source("documents-in", Text(vi="Sổ văn bản đến", en="Register of incoming documents"), IncomingDocument),
        Source("documents-out", Text(vi="Sổ văn bản đi", en="Register of outgoing documents"), OutgoingDocument),
        Source("off-network", Text(vi="Khai văn bản ngoài mạng", en="Off-network declarations"), OffNetworkDeclaration),
    ],
    bases=[
        BaseSet(
            "records.received",
            Text(vi="Văn bản đến trong kỳ", en="Documents received in the period"),
            received,
            describe_incoming,
            source="documents-in",
        ),
        BaseSet(
            "records.sent",
            Text(vi="Văn bản đi trong kỳ", en="Documents sent in the period"),
            sent,
            describe_outgoing,
            source="documents-out",
        ),
        BaseSet(
            "records.off_network",
            Text(vi="Khai văn bản đến ngoài mạng", en="Declarations of documents received off the network"),
            declared_off_network,
            describe_declaration,
            source="off-network",
        ),
    ],
    indicators=[
        Indicator(
            code="documents.received",
            label=Text(vi="Văn bản đến", en="Documents received"),
            concept=Text(
                vi="Văn bản đến được ghi vào sổ của đơn vị trong kỳ.",
                en="Incoming documents entered in the unit's register in the period.",
            ),
            method=Text(
                vi="Đếm theo ngày đến trong kỳ, đến ngày tính; không đếm số đã hủy. Văn bản tính cho đơn vị giữ sổ.",
                en="Counted by day of arrival within the period, up to the day of reading, without cancelled numbers. "
                "A document counts for the unit whose register holds it.",
            ),
            measured_in=DOCUMENTS,
            base="records.received",
            breakdowns=(ASSIGNED_UNIT, KIND),
        ),
        Indicator(
            code="documents.received_off_network",
            label=Text(vi="Văn bản đến ngoài mạng (khai)", en="Received off the network (declared)"),
            concept=Text(
                vi="Văn bản đến không xử lý trên mạng, do đơn vị khai theo tháng; không cộng vào văn bản đến.",
                en="Incoming documents handled off the network, as declared each month; not part of those received.",
            ),
            method=Text(
                vi="Cộng số khai của các tháng bắt đầu trong kỳ. Là số khai, không đếm từ bản ghi.",
                en="Sum of the declarations of months that begin in the period; not counted from records.",
            ),
            measured_in=DOCUMENTS,
            base="records.off_network",
            total="count",
        ),
        Indicator(
            code="documents.sent",
            label=Text(vi="Văn bản đi", en="Documents sent"),
            concept=Text(
                vi="Văn bản đi được ghi vào sổ của đơn vị trong kỳ.",
                en="Outgoing documents entered in the unit's register in the period.",
            ),
            method=Text(
                vi="Đếm theo ngày ban hành trong kỳ, đến ngày tính; không đếm số đã hủy.",
                en="Counted by day of issue within the period, up to the day of reading, without cancelled numbers.",
            ),
            measured_in=DOCUMENTS,
            base="records.sent",
            breakdowns=(KIND,),
        ),
    ],
)
