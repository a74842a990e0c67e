"""What upper rooms may need to know about documents. Both are sent inside the transaction of the change."""

from django.dispatch import Signal

incoming_changed = Signal()
"""An incoming document was corrected, cancelled or removed: `document`, `actor`, `instant`."""

outgoing_changed = Signal()
"""An outgoing document was registered, corrected, cancelled or removed: `document`, `actor`, `instant`; where it was
corrected, `answered_before` is the id of the document that it answered until then."""
