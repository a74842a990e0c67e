"""What the reader of an act's form saw of the obligation: where something happened since, the act is refused once."""

from noivu.ui.seen import SeenForm
from noivu.work.api import Obligation


class ActForm(SeenForm):
    """A form that does something to an obligation."""

    def fit(self, obligation: Obligation) -> None:
        """Take the fields, words and choices of the obligation that it is about."""
