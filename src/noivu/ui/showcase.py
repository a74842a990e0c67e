"""What the components page shows: one of each, with made-up figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from noivu.core.periods import CALENDAR, Period, Window
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.ui import charts
from noivu.ui.charts import Point, Trend
from noivu.ui.figures import Balance, Part
from noivu.ui.forms import BooleanField, ChoiceField, DateField, Form, IntegerField, TextField
from noivu.ui.page import AsOf, Crumb
from noivu.ui.pickers import CALENDAR_WORDS, PeriodPicker, UnitPicker
from noivu.ui.shapes import STATES, TIMELINESS
from noivu.ui.tables import Empty

TOKENS = (
    *("paper", "sheet", "sunk", "select", "ink", "ink-2", "ink-3", "rule", "edge"),
    *("accent", "seal", "done", "time", "near", "late"),
)
_MONTHS = (3_140, 2_240, 3_310, 3_275, 3_390, 3_180, 3_455, 3_510, 3_412, 3_629)
_RATES = (864, 838, 876, 894, 890, 905, 897, 903, 901, 919)
_OCTOBER = Period.of_month(2024, 10)
_FIFTEENTH = Window("decree09", 1, 15)


class SpecimenForm(Form):
    """One field of each kind."""

    arrived_on = DateField(Text(vi="Ngày đến", en="Arrival"))
    due_on = DateField(
        Text(vi="Hạn trả lời", en="Reply due"),
        hint=Text(
            vi="Theo quy tắc: 04/11/2024. Đổi hạn phải ghi lý do.",
            en="By the rule: 04/11/2024. A changed date needs a reason.",
        ),
        required=False,
    )
    copies = IntegerField(Text(vi="Số bản", en="Copies"), least=1, most=500)
    kind = ChoiceField(
        Text(vi="Loại", en="Kind"),
        choices=(("letter", Text(vi="Công văn", en="Letter")), ("report", Text(vi="Báo cáo", en="Report"))),
    )
    summary = TextField(Text(vi="Trích yếu", en="Summary"), rows=3, max_length=500)
    reply_required = BooleanField(Text(vi="Phải trả lời", en="Reply required"))


def place(request: HttpRequest) -> dict[str, Any]:
    """The path, pickers and as-of line of a specimen page."""
    page = request.get_full_path()
    return {
        "crumbs": [Crumb(Text(vi="Ngôn ngữ thiết kế", en="Design language"), reverse("ui:components"))],
        "as_of": AsOf(
            day=date(2024, 10, 31),
            range=_OCTOBER.range(),
            read_at=datetime(2024, 11, 1, 6, 40, tzinfo=ZoneInfo(settings.TIME_ZONE)),
        ),
        "periods": PeriodPicker(
            _OCTOBER,
            page,
            date(2024, 11, 1),
            CALENDAR,
            ((CALENDAR, CALENDAR_WORDS), (_FIFTEENTH, Text(vi="15 đến 14", en="15th to 14th"))),
        ),
        "units": UnitPicker("Bộ Nội vụ", "BNV", date(2024, 10, 31), page, ""),
    }


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        **place(request),
        "tokens": TOKENS,
        "states": STATES,
        "chips": TIMELINESS,
        "replies": _balance(170),
        "broken": _balance(169),
        "received": _received(),
        "completion": _completion(),
        "chart": _chart(),
        "form": SpecimenForm({"arrived_on": "31/02/2024", "copies": "12", "kind": "letter", "due_on": "04/11/2024"}),
        "empty": Empty(
            Text(vi="Không có văn bản quá hạn", en="No document is overdue"),
            Text(
                vi="Trong 287 văn bản phải trả lời của tháng 10/2024, không văn bản nào quá hạn chưa trả lời.",
                en="Of 287 documents of October 2024 that need a reply, none is overdue and unanswered.",
            ),
            reverse("ui:register"),
            Text(vi="Xem 117 văn bản chưa đến hạn", en="See the 117 not yet due"),
        ),
        "failure": Refusal(
            what=Text(vi="Chưa nhập được 3 dòng trong 3.632.", en="3 rows of 3,632 could not be imported."),
            why=Text(
                vi="Dòng 7, cột Hạn trả lời: 31/02/2024 không phải ngày. 3.629 dòng khác đã nhập.",
                en="Row 7, column Reply due: 31/02/2024 is not a date. The other 3,629 rows were imported.",
            ),
        ),
    }


def _balance(replied: int) -> Balance:
    here = reverse("ui:register")
    return Balance(
        whole=287,
        label=Text(vi="văn bản phải trả lời", en="documents that need a reply"),
        parts=(
            Part(Text(vi="đã trả lời", en="replied"), replied, "done", here),
            Part(Text(vi="chưa đến hạn", en="not yet due"), 117, "time", here),
            Part(Text(vi="quá hạn", en="overdue"), 0, "late", here),
        ),
        href=here,
        mend=Text(vi="Ghi hạn cho văn bản 31977", en="Enter the due date of document 31977"),
        mend_href=here,
    )


def _label(number: int) -> Text:
    return Text(vi=f"tháng {number}", en=f"{date(2024, number, 1):%B}")


def _received() -> Trend:
    points = tuple(Point(_label(number), value) for number, value in enumerate(_MONTHS, start=1))
    return Trend(Text(vi="Văn bản đến", en="Incoming documents"), points)


def _completion() -> Trend:
    points = tuple(Point(_label(number), Decimal(value) / 10) for number, value in enumerate(_RATES, start=1))
    return Trend(Text(vi="Tỷ lệ hoàn thành", en="Completion rate"), points, is_rate=True)


def _chart() -> str:
    label = Text(vi="Văn bản đến theo tháng", en="Incoming documents by month")
    spec = charts.months([(f"T{number}", value) for number, value in enumerate(_MONTHS, start=1)])
    return charts.draw(spec, label=str(label))
