"""What is typed about a published figure."""

from typing import Any

from noivu.core.wording import Text, both
from noivu.figures.api import DECLARED, STATEMENTS, Statement
from noivu.ui.forms import ChoiceField, Form, TextField


class PublishForm(Form):
    """A figure as it was published, and where."""

    indicator = ChoiceField(Text(vi="Chỉ tiêu", en="Figure"), choices=[])
    value = TextField(
        Text(vi="Số đã công bố", en="Published figure"),
        hint=Text(
            vi="Tỷ lệ nhập theo phần trăm, đúng như văn bản ghi: 98,62. Số đếm: 21.914.",
            en="Rates in per cent, just as published: 98.62. Counts: 21,914.",
        ),
        max_length=30,
    )
    kind = ChoiceField(
        Text(vi="Loại số liệu", en="Kind of figure"),
        choices=[(kind.value, label) for kind, label in STATEMENTS.items()],
        initial=Statement.PUBLISHED.value,
    )
    source = TextField(
        Text(vi="Nguồn", en="Source"),
        hint=Text(vi="Văn bản, trang công bố hoặc người lập.", en="The document, page or person it comes from."),
        example=both("Báo cáo 1270/BC-TCTTTg"),
        max_length=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("indicator", [(code, DECLARED.find(code).label) for code in DECLARED.codes])


class WithdrawForm(Form):
    """Why a stated figure is taken back."""

    reason = TextField(
        Text(vi="Lý do rút", en="Reason"),
        hint=Text(vi="Số đã ghi được giữ trong nhật ký.", en="What was stated stays in the log."),
        max_length=500,
    )
