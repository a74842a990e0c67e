"""What is typed about opinions."""

from datetime import date
from typing import Any

from noivu.core.refusals import Refusal
from noivu.core.wording import Text, both
from noivu.law.api import rules_counting_from, tell_counted
from noivu.opinions.constants import ANSWERS, RULES, UPTAKES, Answer, Uptake
from noivu.opinions.services import Answered, Asking
from noivu.ui.forms import ChoiceField, DateField, Form, IntegerField, TextField
from noivu.work.api import Due

_BY_HAND = Text(vi="Không, hạn nhập bằng ngày", en="No, by the day below")
_NO_LETTER = Text(vi="Bỏ trống nếu chưa có.", en="Empty if there is none yet.")


class AskForm(Form):
    """Several agencies at once: one a line."""

    agencies = TextField(
        Text(vi="Cơ quan được hỏi", en="Agencies asked"),
        rows=6,
        hint=Text(
            vi="Mỗi dòng một cơ quan: mã hoặc tên đơn vị trong hệ thống, hoặc tên cơ quan ngoài.",
            en="One a line: code or name of a unit of the system, or the name of an agency outside.",
        ),
        max_length=6_000,
    )
    sent_on = DateField(Text(vi="Ngày gửi", en="Sent on"))
    rule = ChoiceField(Text(vi="Hạn theo quy định", en="Due by a rule"), choices=[], required=False)
    due_on = DateField(Text(vi="Hoặc hạn", en="Or due on"), required=False)
    letter_symbol = TextField(
        Text(vi="Văn bản lấy ý kiến", en="Letter"),
        hint=_NO_LETTER,
        example=both("15/SNV-VP"),
        max_length=120,
        required=False,
    )
    round = IntegerField(Text(vi="Lần lấy ý kiến", en="Round"), least=1, most=99)

    def offer_rules(self, today: date) -> None:
        """Those in force on the day of sending."""
        day = self._typed_day("sent_on") or today
        offered = [(code, counted.choice or code) for code, counted in rules_counting_from(day, RULES)]
        self.offer("rule", [("", _BY_HAND), *offered])
        tell_counted(self, "sent_on")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("rule")) == bool(cleaned.get("due_on")) and not self.errors:
            what = Text(vi="Hạn theo quy định hoặc bằng ngày: một trong hai.", en="Due by a rule or by a day: one.")
            do = Text(vi="Giữ một cách.", en="Keep one of them.")
            self.refuse(Refusal(what=what, do=do, where="due_on", code="one_way"))
        return cleaned

    @property
    def asking(self) -> Asking:
        said = self.cleaned_data
        return Asking(
            agencies=[line.strip() for line in said["agencies"].splitlines() if line.strip()],
            sent_on=said["sent_on"],
            due=Due(rule=said["rule"]) if said["rule"] else Due(on=said["due_on"]),
            round=said["round"],
            letter_symbol=said["letter_symbol"],
        )


class AnswerForm(Form):
    """What the agency said."""

    answer = ChoiceField(Text(vi="Ý kiến", en="Opinion"), choices=[(a.value, words) for a, words in ANSWERS.items()])
    on = DateField(Text(vi="Ngày cho ý kiến", en="Given on"))
    words = TextField(
        Text(vi="Nội dung ý kiến", en="Words"),
        hint=Text(vi="Phải ghi khi có góp ý hoặc không thống nhất.", en="Required with comments or a disagreement."),
        rows=4,
        max_length=4_000,
        required=False,
    )
    symbol = TextField(
        Text(vi="Văn bản trả lời", en="Answering letter"), hint=_NO_LETTER, max_length=120, required=False
    )

    @property
    def answered(self) -> Answered:
        said = self.cleaned_data
        return Answered(Answer(said["answer"]), said["on"], said["words"], said["symbol"])


class TakeUpForm(Form):
    """What becomes of an opinion."""

    uptake = ChoiceField(
        Text(vi="Tiếp thu, giải trình", en="Taken up"), choices=[(u.value, words) for u, words in UPTAKES.items()]
    )
    words = TextField(Text(vi="Nội dung", en="Words"), rows=4, max_length=4_000, required=False)

    @property
    def chosen(self) -> Uptake:
        return Uptake(self.cleaned_data["uptake"])


class TakeBackForm(Form):
    """Why it was a mistake."""

    reason = TextField(Text(vi="Lý do", en="Reason"), rows=2, max_length=1_000)
