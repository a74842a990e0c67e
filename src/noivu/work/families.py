"""Parts of what is owed: none is due later than the whole (nhiệm vụ con không muộn hơn nhiệm vụ cha)."""

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.work.constants import FOREVER, STANDING, STATUSES, Happening, Status
from noivu.work.models import Obligation, ObligationSpan

GIVING = frozenset(
    {
        Happening.ASSIGNED,
        Happening.DUE_SET,
        Happening.EXTENDED,
        Happening.RESUMED,
        Happening.EXTENSION_ASKED,
        Happening.EXTENSION_OFFERED,
    }
)
"""What gives a due date, or would."""


def require_within_family(obligation: Obligation, due_on: date | None) -> None:
    """Refuse a due date later than that of the whole, or earlier than that of a part that is still owed."""
    if due_on is None:
        return
    if obligation.parent_id is not None:
        _require_not_after(due_on, obligation.parent_id)
    if obligation.pk is not None:
        _require_not_before_parts(due_on, obligation.pk)


def require_open_whole(whole_id: int) -> None:
    """Refuse a new part of what is done or cancelled."""
    spans = ObligationSpan.objects.current().filter(obligation_id=whole_id, valid_to=FOREVER)
    for whole in spans.exclude(status__in=STANDING).select_related("obligation"):
        raise Refusal(
            what=Text(vi="Nhiệm vụ cha {whole}: {status}.", en="The whole {whole}: {status}.").format(
                whole=str(whole.obligation), status=STATUSES[Status(whole.status)]
            ),
            do=Text(vi="Khôi phục, trả lại nhiệm vụ cha trước.", en="Restore or return it before a part is added."),
            where="parent",
            code="whole_closed",
        )


def parts_past_their_whole() -> QuerySet[ObligationSpan]:
    """The last stretches of parts still owed that are due later than what they are part of, where that is owed still:
    a recounting may move one and not the other. `whole_due_on`: when the whole is due."""
    wholes = ObligationSpan.objects.current().filter(
        obligation_id=OuterRef("obligation__parent_id"), valid_to=FOREVER, status__in=STANDING
    )
    parts = ObligationSpan.objects.current().filter(
        obligation__parent__isnull=False, valid_to=FOREVER, status__in=STANDING
    )
    return parts.annotate(whole_due_on=Subquery(wholes.values("due_on")[:1])).filter(due_on__gt=F("whole_due_on"))


def _require_not_after(due_on: date, parent_id: int) -> None:
    whole = ObligationSpan.objects.current().filter(obligation_id=parent_id, valid_to=FOREVER, due_on__lt=due_on)
    found = whole.select_related("obligation").first()
    if found is not None and found.due_on is not None:
        raise past_whole(due_on, found.due_on, found.obligation)


def past_whole(due_on: date, whole_due_on: date, whole: Obligation) -> Refusal:
    """A part would be due later than its whole."""
    day, whole_day = format_day(due_on), format_day(whole_due_on)
    return Refusal(
        what=Text(
            vi=f"Hạn {day} muộn hơn hạn {whole_day} của nhiệm vụ cha {whole}.",
            en=f"{day} is later than {whole_day}, when {whole}, of which it is a part, is due.",
        ),
        do=Text(
            vi=f"Nhập ngày không muộn hơn {whole_day}, hoặc gia hạn nhiệm vụ cha trước.",
            en=f"Enter {whole_day} or an earlier day, or extend the whole first.",
        ),
        where="due_on",
        code="past_parent",
    )


def _require_not_before_parts(due_on: date, obligation_id: int) -> None:
    parts = ObligationSpan.objects.current().filter(
        obligation__parent_id=obligation_id, valid_to=FOREVER, status__in=STANDING, due_on__gt=due_on
    )
    found = parts.select_related("obligation").order_by("-due_on").first()
    if found is not None and found.due_on is not None:
        raise before_part(due_on, found.due_on, found.obligation)


def before_part(due_on: date, part_due_on: date, part: Obligation) -> Refusal:
    """A whole would be due before one of its parts that is still owed."""
    day, part_day = format_day(due_on), format_day(part_due_on)
    return Refusal(
        what=Text(
            vi=f"Hạn {day} sớm hơn hạn {part_day} của nhiệm vụ con {part}.",
            en=f"{day} is earlier than {part_day}, when its part {part} is due.",
        ),
        do=Text(vi="Rút ngắn hạn của nhiệm vụ con trước.", en="Give its part an earlier date first."),
        where="due_on",
        code="before_parts",
    )
