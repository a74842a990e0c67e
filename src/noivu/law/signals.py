"""What upper rooms may need to know about the law. Sent inside the transaction of the change."""

from django.dispatch import Signal

counting_changed = Signal()
"""Days of the working calendar, or the number of a deadline rule, count otherwise from now on: `change`, a
`law.api.CountingChange`. A receiver answers with what followed, a `law.api.Followed`, or None."""
