"""An act is done to an obligation as its reader saw it, or is refused once with what happened since."""

from django.db import transaction

from noivu.core import clock
from noivu.core.actors import Actor
from noivu.office.acts import Act
from noivu.office.forms.seen import ActForm
from noivu.office.queries.seen import happened_since
from noivu.work.api import Obligation, locked


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
    act.perform(actor, obligation, form.cleaned_data, form)
