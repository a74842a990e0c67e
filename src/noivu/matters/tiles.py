"""What this room says on the operations centre: figures with their trend and balance, and the backlog."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from noivu.core.numbers import format_decimal, format_integer, half_up
from noivu.core.wording import Text
from noivu.figures.api import Answer
from noivu.matters.families import FAMILIES
from noivu.ui.charts import Point, Trend
from noivu.ui.figures import Balance, Part
from noivu.ui.tiles import TilePage

REPLY_PARTS = {
    "documents.replied": (Text(vi="đã trả lời", en="replied"), "done"),
    "documents.reply_not_due": (Text(vi="chưa đến hạn", en="not yet due"), "time"),
    "documents.reply_overdue": (Text(vi="quá hạn", en="overdue"), "late"),
    "documents.reply_no_deadline": (Text(vi="không có hạn", en="without deadline"), "none"),
    "documents.reply_suspended": (Text(vi="tạm dừng", en="suspended"), "stopped"),
}
TASK_PARTS = {
    "tasks.completed": (Text(vi="hoàn thành", en="completed"), "done"),
    "tasks.open_in_time": (Text(vi="còn hạn", en="in time"), "time"),
    "tasks.open_overdue": (Text(vi="quá hạn", en="overdue"), "late"),
    "tasks.open_no_deadline": (Text(vi="không có hạn", en="without deadline"), "none"),
    "tasks.suspended": (Text(vi="tạm dừng", en="suspended"), "stopped"),
    "tasks.awaiting_confirmation": (Text(vi="chờ xác nhận", en="awaiting confirmation"), "none"),
}
RECOMMENDATION_PARTS = {
    "recommendations.answered": (Text(vi="đã trả lời", en="answered"), "done"),
    "recommendations.open_in_time": (Text(vi="còn hạn", en="in time"), "time"),
    "recommendations.open_overdue": (Text(vi="quá hạn", en="overdue"), "late"),
    "recommendations.open_no_deadline": (Text(vi="không có hạn", en="without deadline"), "none"),
    "recommendations.suspended": (Text(vi="tạm dừng", en="suspended"), "stopped"),
    "recommendations.declined": (Text(vi="trả lại, từ chối", en="passed back or turned down"), "stopped"),
}
ALWAYS_SHOWN = {"done", "time", "late"}
"""Parts that are named even when they are nothing: that nothing is overdue is news."""

BACKLOG = {
    "documents": (Text(vi="Văn bản phải trả lời", en="Documents to be answered"), "documents.reply_required"),
    "tasks": (Text(vi="Nhiệm vụ được giao", en="Assigned tasks"), "tasks.assigned"),
    "recommendations": (Text(vi="Kiến nghị của cử tri", en="Voters' recommendations"), "recommendations.received"),
}
"""Kinds that are always named, each with the figure of what came in a period; a `Family` is named where it has any."""


def figure_href(page: TilePage, code: str) -> str:
    """The page of a figure's records, from the standpoint of the operations centre."""
    return f"{reverse('figures:figure', args=[code])}?{urlencode(page.address)}"


def answer_of(page: TilePage) -> Answer:
    """The answer for the period that the page shows."""
    answer: Answer = page.answers[page.period.code]
    return answer


def documents(page: TilePage) -> Mapping[str, Any]:
    """Incoming documents, and what became of those that need a reply."""
    answer = answer_of(page)
    label = Text(vi="văn bản phải trả lời", en="documents require a reply")
    return {
        "received": answer.values["documents.received"],
        "href": figure_href(page, "documents.received"),
        "off_network": answer.values["documents.received_off_network"],
        "off_network_href": figure_href(page, "documents.received_off_network"),
        "change": change_of(page, "documents.received"),
        "previous": page.period.previous.label,
        "trend": trend_of(page, "documents.received", Text(vi="Văn bản đến", en="Incoming documents")),
        "balance": balance_of(page, "documents.reply_required", REPLY_PARTS, label),
    }


def tasks(page: TilePage) -> Mapping[str, Any]:
    """Assigned tasks and how many are done."""
    label = Text(vi="nhiệm vụ được giao", en="assigned tasks")
    return {
        "done": answer_of(page).values["tasks.completed"],
        "whole": answer_of(page).values["tasks.assigned"],
        "href": figure_href(page, "tasks.completed"),
        "rate": answer_of(page).shown("tasks.completion_rate"),
        "points": points_of(page, "tasks.completion_rate"),
        "trend": trend_of(page, "tasks.completion_rate", Text(vi="Tỷ lệ hoàn thành", en="Completion rate")),
        "balance": balance_of(page, "tasks.assigned", TASK_PARTS, label),
    }


def recommendations(page: TilePage) -> Mapping[str, Any]:
    """Voters' recommendations of the sessions under report."""
    label = Text(vi="kiến nghị", en="recommendations")
    return {
        "done": answer_of(page).values["recommendations.answered"],
        "whole": answer_of(page).values["recommendations.received"],
        "href": figure_href(page, "recommendations.answered"),
        "rate": answer_of(page).shown("recommendations.answered_rate"),
        "balance": balance_of(page, "recommendations.received", RECOMMENDATION_PARTS, label),
    }


@dataclass(frozen=True, slots=True)
class BacklogRow:
    """One kind of obligations: carried in, arising in the period, open at its end."""

    label: Text
    carried_in: int
    carried_in_href: str
    arising: int
    arising_href: str
    open_at_end: int
    open_at_end_href: str

    @property
    def has_any(self) -> bool:
        return bool(self.carried_in or self.arising or self.open_at_end)


def backlog_kinds() -> dict[str, tuple[Text, str]]:
    """The kinds of the backlog, each with its words and the figure of what came in a period."""
    return BACKLOG | {family.name: (family.plural, f"{family.name}.{family.whole}") for family in FAMILIES}


def backlog_figures() -> tuple[str, ...]:
    """The figures that the backlog reads."""
    kinds = backlog_kinds()
    standing = (f"{kind}.{when}" for kind in kinds for when in ("carried_in", "open_at_end"))
    return (*standing, *(arising for _, arising in kinds.values()))


def backlog(page: TilePage) -> Mapping[str, Any]:
    """What was open before, what came, what stays open: never hidden beside the period's own."""
    rows = {kind: _backlog_row(page, kind, *said) for kind, said in backlog_kinds().items()}
    return {"rows": [row for kind, row in rows.items() if kind in BACKLOG or row.has_any]}


def _backlog_row(page: TilePage, kind: str, label: Text, arising: str) -> BacklogRow:
    values = answer_of(page).values
    return BacklogRow(
        label=label,
        carried_in=values[f"{kind}.carried_in"],
        carried_in_href=figure_href(page, f"{kind}.carried_in"),
        arising=values[arising],
        arising_href=figure_href(page, arising),
        open_at_end=values[f"{kind}.open_at_end"],
        open_at_end_href=figure_href(page, f"{kind}.open_at_end"),
    )


def balance_of(page: TilePage, whole: str, parts: Mapping[str, tuple[Text, str]], label: Text) -> Balance:
    """A whole and its parts, each opening to its records; parts that are nothing and no news are left out."""
    values = answer_of(page).values
    shown = tuple(
        Part(words, values[code], timeliness, figure_href(page, code))
        for code, (words, timeliness) in parts.items()
        if values[code] or timeliness in ALWAYS_SHOWN
    )
    return Balance(values[whole], label, shown, figure_href(page, whole))


def trend_of(page: TilePage, code: str, name: Text) -> Trend:
    """A figure over the periods that the page knows."""
    points = tuple(Point(answer.question.period.short_label, answer.shown(code)) for answer in page.answers.values())
    return Trend(name, points, is_rate=code.endswith("_rate"))


def change_of(page: TilePage, code: str) -> Text | None:
    """Up 217 (6.4%) on September, in words; None when there is nothing to compare with."""
    before = _previous(page)
    now = answer_of(page).values[code]
    if before is None or not before.values[code]:
        return None
    was = before.values[code]
    share = half_up(Decimal(abs(now - was) * 100) / was, 1)
    change = abs(now - was)
    if not change:
        return Text(vi="Không đổi", en="Unchanged")
    verb = Text(vi="Tăng", en="Up") if now > was else Text(vi="Giảm", en="Down")
    return Text(
        vi=f"{verb.vi} {format_integer(change, 'vi')} ({format_decimal(share, 'vi')}%)",
        en=f"{verb.en} {format_integer(change, 'en')} ({format_decimal(share, 'en')}%)",
    )


def points_of(page: TilePage, code: str) -> Text | None:
    """Up 1.1 percentage points, in words."""
    before = _previous(page)
    now, was = answer_of(page).shown(code), before.shown(code) if before else None
    if now is None or was is None:
        return None
    change = Decimal(now) - Decimal(was)
    if not change:
        return Text(vi="không đổi", en="unchanged")
    verb = Text(vi="tăng", en="up") if change > 0 else Text(vi="giảm", en="down")
    return Text(
        vi=f"{verb.vi} {format_decimal(abs(change), 'vi')} điểm phần trăm",
        en=f"{verb.en} {format_decimal(abs(change), 'en')} percentage points",
    )


def _previous(page: TilePage) -> Answer | None:
    return page.answers.get(page.period.previous.code)
