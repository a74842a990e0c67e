"""What is done with a plan that is drafted: its annex goes out, it is carried out, and that is taken back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.wording import Text
from noivu.planning import acting
from noivu.planning.annex import annex_of
from noivu.planning.exporting import FORMATS
from noivu.planning.forms import ReasonForm, TakeBackForm
from noivu.planning.models import PlanDraft
from noivu.planning.pages import PlanPage, crumbs_of
from noivu.planning.policies import CARRY_OUT, VIEW
from noivu.planning.views.obtaining import draft_of, plan_of
from noivu.ui.form_pages import FormPage, form_page
from noivu.ui.guards import guarded, require_or_404, signed_in_actor

_EFFECT = Text(
    vi="{established} đơn vị lập mới, {ended} kết thúc, {changed} thay đổi. Mọi sự kiện được ghi vào sổ đơn vị cùng "
    "lúc, việc đang mở chuyển theo đơn vị kế thừa. Hủy được chừng nào chưa có gì dựa trên lần sắp xếp này.",
    en="{established} units established, {ended} ended, {changed} changed. All events enter the register of units at "
    "once, and what is open goes to the successors. It can be taken back until something depends on it.",
)


@require_GET
@guarded(VIEW)
def annex(request: HttpRequest, plan_id: int, form: str) -> HttpResponse:
    """The annex of a plan as a file."""
    draft = plan_of(request, plan_id)
    if form not in FORMATS or draft.is_set_aside or not draft.events:
        raise Http404
    wanted = FORMATS[form]
    name = f"phu-luc-{draft.pk}-{draft.takes_effect_on.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(wanted.make(annex_of(draft)), content_type=wanted.media_type, headers=headers)


@require_http_methods(["GET", "POST"])
@guarded(CARRY_OUT)
def carry_out(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan is carried out: the question, and the reason."""
    draft = draft_of(request, plan_id)
    require_or_404(request, CARRY_OUT, draft)
    form = ReasonForm(request.POST or None, initial={"version": draft.version})

    def act(actor: Actor) -> None:
        acting.carry_out_draft(actor=actor, draft=draft, **form.cleaned_data)

    page = FormPage(
        heading=Text(vi="Thực hiện phương án?", en="Carry the plan out?"),
        done=Text(vi="Đã thực hiện phương án.", en="The plan is carried out."),
        back=_page_of(draft),
        crumbs=crumbs_of(draft),
        effect=_foreseen(draft),
        subject=draft.title,
        action=Text(vi="Thực hiện", en="Carry out"),
    )
    return form_page(request, form, act, page)


def _foreseen(draft: PlanDraft) -> Text:
    """What carrying out would do, in numbers; or how much is left to mend."""
    shown = PlanPage(draft)
    if shown.refusal is not None:
        return shown.refusal.text()
    if shown.simulation is None or not shown.simulation.is_sound:
        n = len(shown.grave)
        return Text(
            vi=f"Phương án còn {n} điểm phải sửa: chưa thực hiện được.",
            en=f"The plan has {n} point(s) to mend: it cannot be carried out yet.",
        )
    return _EFFECT.format(**shown.simulation.numbers)


@require_http_methods(["GET", "POST"])
@guarded(CARRY_OUT)
def take_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What a plan did is taken back."""
    draft = plan_of(request, plan_id)
    if not draft.is_carried_out or not may_take_back(request, draft):
        raise Http404
    form = TakeBackForm(request.POST or None)

    def act(actor: Actor) -> None:
        acting.take_back_draft(actor=actor, draft=draft, **form.cleaned_data)

    page = FormPage(
        heading=Text(vi="Hủy lần sắp xếp này?", en="Take this reorganisation back?"),
        done=Text(vi="Đã hủy. Phương án trở lại đang lập.", en="Taken back. The plan is being drafted again."),
        back=_page_of(draft),
        crumbs=crumbs_of(draft),
        effect=Text(
            vi="Đơn vị, việc đang mở và quyền trở lại như trước. Điều sổ đã ghi vẫn tra cứu được theo thời điểm ghi.",
            en="Units, what is open and grants are as before. What the register said meanwhile stays readable.",
        ),
        subject=draft.title,
        action=Text(vi="Hủy lần sắp xếp", en="Take it back"),
    )
    return form_page(request, form, act, page)


def may_take_back(request: HttpRequest, draft: PlanDraft) -> bool:
    """Taking an act back concerns every unit of the installation."""
    actor = signed_in_actor(request)
    return access.may(actor, CARRY_OUT, draft) and access.may_for_all(actor, CARRY_OUT)


def _page_of(draft: PlanDraft) -> str:
    return reverse("planning:plan", args=[draft.pk])
