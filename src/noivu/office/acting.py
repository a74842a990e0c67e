"""An act is done to an obligation as its reader saw it, or is refused once with what happened since."""

from collections.abc import Collection, Sequence

from django.db import transaction

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.office.act import Act
from noivu.office.acts import is_offered
from noivu.office.forms.acts import BulkAssignForm
from noivu.office.forms.seen import ActForm
from noivu.office.queries.acting import standing_of
from noivu.office.queries.officers import named
from noivu.office.queries.seen import all_since, happened_since
from noivu.office.services import assign_obligations
from noivu.work.api import Due, Obligation, ObligationEvent, State, locked
from noivu.work.constants import STATUSES

_GONE = Text(
    vi="{n} việc đã được gỡ hoặc chuyển đi", en="{n} was removed or went elsewhere||{n} were removed or went elsewhere"
)
_LEFT_OUT = Text(
    vi="Việc đã thay đổi được bỏ chọn. Lưu lần nữa để giao các việc còn lại; muốn giao cả việc đó thì chọn lại.",
    en="What changed is no longer chosen. Save again to give the others; tick it to give it too.",
)


@transaction.atomic
def do(*, actor: Actor, act: Act, obligation: Obligation, form: ActForm) -> None:
    """Do it, unless the form says that its reader saw something else: then nothing is written and the form tells.

    Of two who act at the same moment the second waits for the first, and sees what it did.
    """
    if form.saw is not None:
        told, stands = happened_since(locked(obligation), form.saw, clock.today())
        if told:
            form.show_changed(told, stands)
            return
    fresh = locked(obligation)
    require_offered(act, fresh, *standing_of(fresh, clock.today()))
    act.perform(actor, obligation, form.cleaned_data, form)


def require_offered(
    act: Act, obligation: Obligation, standing: State | None, happened: Sequence[ObligationEvent]
) -> None:
    """Refuse what cannot be done to an obligation as it stands."""
    if standing is None or is_offered(act, obligation, standing.status, happened):
        return
    state = STATUSES[standing.status]
    raise Refusal(
        what=Text(
            vi=f"Không thể “{act.label.vi}” mục này ở trạng thái hiện nay: {state.vi.lower()}.",
            en=f"“{act.label.en}” cannot be done to this as it stands: {state.en.lower()}.",
        ),
        do=Text(
            vi="Mở lại trang của mục này để xem diễn biến mới nhất và việc làm được.",
            en="Open its page again to see its latest events and what can be done.",
        ),
        code="not_offered",
    )


@transaction.atomic
def give_all(*, actor: Actor, chosen: Sequence[Obligation], asked: Collection[int], form: BulkAssignForm) -> int:
    """Give the chosen ones to one officer, all or none; returns how many. Where some stand otherwise than the form
    says, none is given: the form tells which and what, and leaves them out until they are ticked again.

    To give the others at once would leave their sender with a register of which nobody said what became of it.
    `asked` are the keys that were sent: those not among the chosen are no longer within reach.
    """
    if form.saw is not None:
        held = [locked(one) for one in sorted(chosen, key=lambda one: one.pk)]
        changed, stands = all_since(held, form.saw, clock.today())
        told = [_of(one, what) for one in held for what in changed.get(one.pk, ())]
        gone = {key for key in asked if str(key) in form.saw}.difference(one.pk for one in held)
        if told or gone:
            form.left_out = frozenset(changed)
            form.show_changed([*told, *([_GONE.format(n=len(gone))] if gone else [])], stands, _LEFT_OUT)
            return 0
    given = form.cleaned_data
    to = named(actor, given["unit"].pk, given["officer"])
    due = Due(on=given["due_on"]) if given["due_on"] else None
    said = {name: given[name] for name in ("on", "note", "reason")}
    return assign_obligations(actor=actor, obligations=chosen, to=to, due=due, **said)


def _of(obligation: Obligation, what: Text) -> Text:
    return Text(vi=f"{obligation.code}: {what.vi}", en=f"{obligation.code}: {what.en}")
