"""An official paper as plain data: its mandatory parts (thể thức) and its text. Renderers know nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from noivu.papers.writing import written_day

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
"""Quốc hiệu and tiêu ngữ: the head of every administrative document, in Vietnamese whatever its language."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level 1 (I.), 2 (1.), 3 (a))."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, justified, its first line indented."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str) -> "Paragraph":
        return cls((Run(text),))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an annex. `numeric` names the columns (from 0) that are aligned to the right.

    `widths`: how wide the columns are beside one another; none: the renderer chooses.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""
    widths: tuple[int, ...] = ()


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """Nine mandatory parts of an administrative document (Decree 30/2020, art. 8), as far as they are known.

    `issued_on` None leaves the place of the day open ("ngày … tháng … năm …"); `number` "" leaves the number open;
    `symbol` "" is of a form that bears no number, `place` "" of one that bears no day.
    `annex` starts on a page of its own. `sample` marks every page as made of sample data.
    """

    issuer: str
    symbol: str
    place: str
    kind: str
    subject: str
    blocks: Sequence[Block]
    superior: str = ""
    number: str = ""
    issued_on: date | None = None
    expected_month: tuple[int, int] | None = None
    recipients: Sequence[str] = ()
    signing_authority: str = ""
    signer_title: str = ""
    signer_name: str = ""
    annex: Sequence[Block] = field(default=())
    annex_title: str = ""
    sample: bool = False

    @property
    def number_line(self) -> str:
        """Số: 05/BC-BNV, the number left open while there is none."""
        return f"Số: {self.number or '……'}/{self.symbol}" if self.symbol else ""

    @property
    def place_and_date(self) -> str:
        """Hà Nội, ngày 05 tháng 02 năm 2024; the day left open in a draft."""
        if not self.place:
            return ""
        if self.issued_on:
            return f"{self.place}, {written_day(self.issued_on)}"
        if self.expected_month:
            year, month = self.expected_month
            return f"{self.place}, {written_day(date(year, month, 1), '……')}"
        return f"{self.place}, ngày …… tháng …… năm ……"
