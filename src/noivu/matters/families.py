"""The kinds above the ledger with the names of their figures: one declaration for kind, figures and register."""

from dataclasses import dataclass

from noivu.core.wording import Text
from noivu.matters import kinds  # noqa: F401  a family is of a declared kind
from noivu.matters.constants import LEGAL_TEXT
from noivu.work.api import kind_of


@dataclass(frozen=True)
class Family:
    """The figures of a kind: `name` begins their codes; `whole` is the last word of the code that counts all of a
    period. `noun` is the thing counted, `giver` who assigns
    it, `arises` its first day."""

    kind: str
    name: str
    whole: str
    noun: Text
    subject: Text
    giver: Text
    arises: Text
    arose: Text
    done: Text

    @property
    def label(self) -> Text:
        return kind_of(self.kind).label

    @property
    def plural(self) -> Text:
        return kind_of(self.kind).plural

    @property
    def cuts(self) -> dict[str, str]:
        """The parts of its register and the figure that counts each."""
        return {
            "all": f"{self.name}.{self.whole}",
            "completed": f"{self.name}.completed",
            "in_time": f"{self.name}.open_in_time",
            "overdue": f"{self.name}.open_overdue",
            "no_deadline": f"{self.name}.open_no_deadline",
            "suspended": f"{self.name}.suspended",
            "awaiting": f"{self.name}.awaiting_confirmation",
        }


FAMILIES = (
    Family(
        LEGAL_TEXT,
        "legal_texts",
        "registered",
        Text(vi="văn bản", en="text||texts"),
        Text(vi="Văn bản quy phạm pháp luật", en="Legal texts"),
        Text(vi="Cơ quan ban hành", en="Authority"),
        Text(vi="Ngày vào chương trình", en="Registered on"),
        Text(vi="vào chương trình trong kỳ", en="registered in the period"),
        Text(vi="đã trình hoặc đã ban hành", en="submitted or issued"),
    ),
)
