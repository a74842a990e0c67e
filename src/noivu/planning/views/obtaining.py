"""How pages obtain a plan: one out of reach, or that may not be drafted here, answers as if it did not exist."""

from django.http import Http404, HttpRequest

from noivu.core import access
from noivu.planning.models import PlanDraft
from noivu.planning.policies import DRAFT
from noivu.planning.queries import plan_for
from noivu.ui.guards import signed_in_actor


def plan_of(request: HttpRequest, plan_id: int) -> PlanDraft:
    """A plan that the reader may see."""
    found = plan_for(signed_in_actor(request), plan_id)
    if found is None:
        raise Http404
    return found


def draft_of(request: HttpRequest, plan_id: int) -> PlanDraft:
    """A plan that is being drafted, and that the reader may change."""
    found = plan_of(request, plan_id)
    if not found.is_being_drafted or not access.may(signed_in_actor(request), DRAFT, found):
        raise Http404
    return found
