"""The acts of reorganisation that were carried out."""

from django.db.models import QuerySet

from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.units.api import ReorganisationAct


def acts() -> QuerySet[ReorganisationAct]:
    """All acts, the latest first."""
    return ReorganisationAct.objects.select_related("instrument").order_by("-carried_out_at", "-pk")


def act_numbered(number: int) -> ReorganisationAct:
    """The act of a number, as the list shows it."""
    act = acts().filter(pk=number).first()
    if act is None:
        raise Refusal(
            what=Text(vi=f"Không có lần sắp xếp số {number}.", en=f"There is no act number {number}."),
            do=Text(vi="Xem danh sách: noivu reorganise --list.", en="See the list: noivu reorganise --list."),
            code="planning.no_act",
        )
    return act
