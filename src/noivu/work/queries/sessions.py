"""Sessions as the log names them."""

from datetime import date

from noivu.work.models import Session


def session_of_log(session_id: object, on: date) -> str:
    """A session that the log keeps by its key, by its name."""
    names = Session.objects.filter(pk=session_id).values_list("name", flat=True) if isinstance(session_id, int) else ()
    return next(iter(names), str(session_id))
