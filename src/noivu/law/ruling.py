"""How a form offers the rules of law by which something may be due."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, cast

from django.urls import reverse

from noivu.core import clock
from noivu.core.dates import parse_date
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.law.deadlines import rules_counting_from
from noivu.ui.forms import Answers, ChoiceField, DateField, Form

Offered = Callable[[Iterable[date]], Sequence[tuple[str, Text | str]]]
"""The rules that may be chosen, of those in force on any of some days."""
_BY_HAND = Text(vi="Không, hạn nhập bằng ngày", en="No, by the day above")


def tell_counted(form: Form, first: str) -> None:
    """Let the form tell the due date and why, once it names a rule or a number of days, before anything is saved.
    `first`: its field of the day from which is counted."""
    field = cast("ChoiceField | None", form.fields.get("rule") or form.fields.get("working_days"))
    if field is not None:
        told_by = f"{reverse('law:counted')}?first={first}"
        field.answers = Answers(told_by, ("rule", first, "counted_from", "working_days"))


class RuleFields(Form):
    """A due date by a rule of law, counted from the first day unless another is named."""

    rule = ChoiceField(Text(vi="Hoặc theo quy định", en="Or by a rule"), choices=[], required=False)
    counted_from = DateField(
        Text(vi="Tính từ ngày", en="Counted from"),
        hint=Text(
            vi="Bỏ trống: ngày phát sinh. Nhập khi quy định tính từ ngày khác: ngày khai mạc kỳ họp, tháng ghi trong "
            "chương trình.",
            en="Empty: the first day. Where the rule counts from another: the opening of a session, the month of the "
            "programme.",
        ),
        required=False,
    )

    def offer_rules(self, offered: Offered, first: str = "arises_on") -> None:
        """Offer what is in force today or on the days that stand in the form; and the rule by which it was counted,
        though a new one is not counted so. Nothing loses its date because its words change."""
        rules = dict(offered({clock.today(), *self._days(first, "counted_from")}))
        recorded = self.initial.get("rule")
        if recorded and recorded not in rules:
            [*counted] = rules_counting_from(next(self._days("counted_from", first)), [recorded])
            rules[recorded] = (counted[0][1].choice if counted else None) or recorded
        own = {name: self.fields.pop(name) for name in ("rule", "counted_from")}
        if not rules:
            tell_counted(self, first)
            return
        names = list(self.fields)
        after = 1 + names.index("working_days" if "working_days" in names else "due_on")
        self.fields |= own
        self.order_fields([*names[:after], *own, *names[after:]])
        self.offer("rule", [("", _BY_HAND), *rules.items()])
        tell_counted(self, first)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("counted_from") and not cleaned.get("rule"):
            without = Text(vi="Có ngày bắt đầu tính nhưng chưa chọn quy định.", en="Counted from a day by no rule.")
            choose = Text(vi="Chọn quy định, hoặc bỏ trống ngày này.", en="Choose a rule, or leave this day empty.")
            self.refuse(Refusal(what=without, do=choose, where="counted_from", code="no_rule"))
        return cleaned

    @property
    def by_rule(self) -> dict[str, Any]:
        """The rule that was chosen, and the day `start` from which it counts where that is another; empty: none."""
        given = self.cleaned_data
        return {"rule": given["rule"], "start": given.get("counted_from")} if given.get("rule") else {}

    def _days(self, *names: str) -> Iterator[date]:
        for name in names:
            stands = self.data.get(self.add_prefix(name)) or self.initial.get(name)
            with suppress(Refusal):
                if stands:
                    yield parse_date(stands)
