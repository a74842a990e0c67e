"""Report regimes (chế độ báo cáo): what is reported, in which window, by when, on which paper. Data, one file each."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from noivu.core.periods import Period, Window
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.api import Deadline, deadline, window
from noivu.reports.outline import Outline, read_outline, read_text
from noivu.units.api import Node

FOLDER = Path(__file__).resolve().parent / "shipped"


@dataclass(frozen=True, slots=True)
class PaperForm:
    """How the report looks as an official paper; `{abbreviation}` is the issuer's."""

    kind: Text
    symbol: str
    place: str
    subject: Text
    signing_authority: Text
    signer_title: Text
    recipients: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """When the report is due: so many working days after the last day of its window. `mark` says how sure that is."""

    working_days_after: int
    mark: str
    note: str


@dataclass(frozen=True)
class Regime:
    """One kind of periodic report. `applies_to` names the kinds of units that owe it; `title` heads its pages."""

    code: str
    name: Text
    title: Text
    applies_to: frozenset[str]
    period_kind: str
    window: Window
    due: Due
    paper: PaperForm
    outline: Outline

    def due_of(self, period: Period) -> Deadline:
        """The due date of a period's report, with every day explained."""
        return deadline(period.last_day(self.window), working_days=self.due.working_days_after)

    def due_on(self, period: Period) -> date:
        return self.due_of(period).due_on

    def require_unit(self, unit: Node) -> None:
        """Refuse a unit that does not owe this report."""
        if unit.kind not in self.applies_to:
            raise Refusal(
                what=Text(vi="{unit} không thuộc diện lập “{name}”.", en="{unit} does not owe the “{name}”.").format(
                    unit=unit.name, name=self.name
                ),
                do=Text(vi="Chọn đơn vị hoặc chế độ báo cáo khác.", en="Choose another unit or regime."),
                code="unit",
            )

    def require_period(self, period: Period) -> None:
        """Refuse a period of another kind: a monthly report has no quarters."""
        if period.kind != self.period_kind:
            kinds = {
                "month": Text(vi="tháng", en="month"), "quarter": Text(vi="quý", en="quarter"),
                "half": Text(vi="6 tháng", en="half-year"), "nine": Text(vi="9 tháng", en="nine months"),
                "year": Text(vi="năm", en="year"),
            }  # fmt: skip
            raise Refusal(
                what=Text(
                    vi="“{name}” lập theo {kind}; {period} không phải {kind}.",
                    en="“{name}” is made by the {kind}; {period} is not a {kind}.",
                ).format(name=self.name, kind=kinds[self.period_kind], period=period.code),
                do=Text(vi="Chọn lại kỳ báo cáo.", en="Choose another period."),
                code="period",
            )


def regime(code: str) -> Regime:
    """A regime by its code; a Refusal lists the known ones."""
    known = regimes()
    if code not in known:
        listed = ", ".join(known)
        raise Refusal(
            what=Text(vi=f"Không có chế độ báo cáo “{code}”.", en=f"There is no report regime “{code}”."),
            do=Text(vi=f"Chọn một trong: {listed}.", en=f"Choose one of: {listed}."),
            code="regime",
        )
    return known[code]


@lru_cache(maxsize=1)
def regimes() -> dict[str, Regime]:
    """Every regime that is shipped, by code."""
    read = (_read(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in sorted(FOLDER.glob("*.yaml")))
    return {one.code: one for one in read}


def _read(given: dict[str, Any]) -> Regime:
    paper = given["paper"]
    return Regime(
        code=given["code"],
        name=read_text(given["name"]),
        title=read_text(given["title"]),
        applies_to=frozenset(given["applies_to"]),
        period_kind=given["period_kind"],
        window=window(given["window"]),
        due=Due(**given["due"]),
        paper=PaperForm(
            kind=read_text(paper["kind"]),
            symbol=paper["symbol"],
            place=paper["place"],
            subject=read_text(paper["subject"]),
            signing_authority=read_text(paper["signing_authority"]),
            signer_title=read_text(paper["signer_title"]),
            recipients=tuple(read_text(one) for one in paper["recipients"]),
        ),
        outline=read_outline(given["outline"], given["annex"]),
    )
