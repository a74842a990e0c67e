"""The annex leaves the product: as Word in the layout of Decree 30, and as XLSX with numbers as numbers."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from noivu.core.numbers import format_change, format_decimal, format_integer
from noivu.core.wording import Text, both
from noivu.papers.api import Block, Heading, Paper, Paragraph, Run, Table, render_word
from noivu.planning.against import shortened
from noivu.planning.annex import VI, Annex, ArrangedUnit
from noivu.sheets.api import XLSX, OutColumn, write_xlsx

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COLUMNS = (
    ("Số TT", 7),
    ("Đơn vị sau sắp xếp", 30),
    ("Mã", 10),
    ("Loại hình", 14),
    ("Các đơn vị sắp xếp", 60),
    ("Diện tích (km²)", 14),
    ("So với tiêu chuẩn", 22),
    ("Dân số (người)", 14),
    ("So với tiêu chuẩn", 22),
    ("Trụ sở", 24),
    ("Căn cứ", 24),
)
_WIDTHS = (6, 24, 35, 19, 19, 15)
"""Of the columns of the table of units in Word."""
_NOT_KNOWN = "chưa rõ"


def as_word(annex: Annex) -> bytes:
    """DOCX by the office's template."""
    paper = Paper(
        issuer=annex.issuer,
        symbol=annex.symbol,
        place=annex.place,
        kind="Phụ lục",
        subject=annex.title,
        blocks=list(_blocks(annex)),
        sample=bool(settings.NOIVU_SAMPLE),
    )
    return render_word(paper, language=VI)


def _blocks(annex: Annex) -> Iterator[Block]:
    yield Paragraph((Run(annex.basis, italic=True),))
    yield Paragraph((Run(f"{annex.as_of}.", italic=True),))
    if annex.mend:
        yield Heading("Dự thảo còn điểm phải sửa hoặc xem lại")
        yield from map(Paragraph.of, annex.mend)
    yield Heading("I. Đơn vị sau sắp xếp")
    yield _units(annex)
    if annex.ended:
        yield Paragraph.of(f"Đơn vị kết thúc, không có đơn vị kế thừa: {'; '.join(annex.ended)}.")
    yield Heading("II. Tác động")
    if annex.kinds:
        yield _counted(("Loại hình", "Trước", "Sau", "Tăng, giảm"), [_kind_row(*row) for row in annex.kinds])
    yield from map(Paragraph.of, annex.sums)
    if annex.things:
        heads = ("Việc đang mở tại đơn vị kết thúc", "Số việc", "Chuyển theo", "Chờ quyết định")
        yield _counted(heads, [(row[0], *(_whole(number) for number in row[1:])) for row in annex.things])
    elif not annex.mend:
        yield Paragraph.of("Không có việc nào đang mở tại đơn vị kết thúc.")
    yield Heading("III. Việc chờ quyết định")
    if annex.waiting:
        waiting = [(thing, unit, _whole(number), reason) for thing, unit, number, reason in annex.waiting]
        yield Table(
            ("Việc", "Đơn vị", "Số lượng", "Lý do"), tuple(waiting), numeric=frozenset({2}), widths=(20, 30, 10, 40)
        )
    else:
        yield Paragraph.of("Không có." if not annex.mend else "Chưa tính được khi phương án còn điểm phải sửa.")
    yield Heading("IV. Tiêu chuẩn áp dụng và mức độ kiểm chứng")
    yield from map(Paragraph.of, annex.rules or ("Pháp luật của ngày có hiệu lực chưa có số tiêu chuẩn.",))


def _units(annex: Annex) -> Table:
    heads = ("TT", "Đơn vị sau sắp xếp", "Các đơn vị sắp xếp", "Diện tích (km²)", "Dân số (người)", "Căn cứ")
    rows = tuple(_word_row(number, unit) for number, unit in enumerate(annex.units, start=1))
    return Table(heads, rows, numeric=frozenset({3, 4}), widths=_WIDTHS)


def _word_row(number: int, unit: ArrangedUnit) -> tuple[str, ...]:
    seat = f"; trụ sở: {unit.seat}" if unit.seat else ""
    area = (
        _NOT_KNOWN if unit.area is None else _beside(format_decimal(shortened(_km2(unit.area)), VI), unit.area_percent)
    )
    people = _NOT_KNOWN if unit.population is None else _beside(_whole(unit.population), unit.population_percent)
    return str(number), f"{unit.name} ({unit.code}){seat}", unit.sources, area, people, unit.clause


def _beside(number: str, percent: str) -> str:
    return f"{number} ({percent})" if percent else number


def _kind_row(label: str, before: int, after: int) -> tuple[str, ...]:
    return label, _whole(before), _whole(after), format_change(after - before, VI)


def _counted(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    return Table(heads, tuple(rows), numeric=frozenset(range(1, len(heads))))


def _whole(number: int) -> str:
    return format_integer(number, VI)


def _km2(hectares: int) -> Decimal:
    return Decimal(hectares).scaleb(-2)


def as_xlsx(annex: Annex) -> bytes:
    """One sheet: the table of units, and below it effects, what waits, sums and standards."""
    stream = io.BytesIO()
    columns = [OutColumn(label, width) for label, width in _COLUMNS]
    title = f"Phụ lục: {annex.title} {annex.basis}"
    write_xlsx(columns, _sheet(annex), stream, title=title, as_of=annex.as_of)
    return stream.getvalue()


def _sheet(annex: Annex) -> Iterator[list[Any]]:
    for number, unit in enumerate(annex.units, start=1):
        yield [
            number,
            unit.name,
            unit.code,
            unit.kind,
            unit.sources,
            _NOT_KNOWN if unit.area is None else _km2(unit.area),
            unit.area_percent,
            _NOT_KNOWN if unit.population is None else unit.population,
            unit.population_percent,
            unit.seat,
            unit.clause,
        ]
    yield from _section("Đơn vị kết thúc, không có đơn vị kế thừa", [[None, unit] for unit in annex.ended])
    yield from _section("Loại hình: trước, sau", [[None, label, before, after] for label, before, after in annex.kinds])
    heads = "Việc đang mở tại đơn vị kết thúc: số việc, chuyển theo, chờ quyết định"
    yield from _section(heads, [[None, *row] for row in annex.things])
    waiting = [[None, thing, number, None, f"{unit}: {reason}"] for thing, unit, number, reason in annex.waiting]
    yield from _section("Việc chờ quyết định", waiting)
    yield from _section("Đối chiếu trước và sau", [[None, words] for words in annex.sums])
    yield from _section("Tiêu chuẩn áp dụng và mức độ kiểm chứng", [[None, words] for words in annex.rules])
    yield from _section("Còn điểm phải sửa hoặc xem lại", [[None, words] for words in annex.mend])


def _section(title: str, rows: list[list[Any]]) -> Iterator[list[Any]]:
    if rows:
        yield []
        yield [None, title]
        yield from rows


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which the annex leaves."""

    code: str
    label: Text
    media_type: str
    make: Callable[[Annex], bytes]


FORMATS = {
    form.code: form
    for form in (
        Format("docx", both("DOCX"), _DOCX, as_word),
        Format("xlsx", both("XLSX"), XLSX, as_xlsx),
    )
}
