"""The form of the kinds that are entered as tasks are: what a kind declares of its own, in its own words."""

from typing import Any

from noivu.core.wording import Text, both
from noivu.matters.api import Family
from noivu.office.forms.obligations import CountedAsRecorded, TaskForm
from noivu.ui.corrections import CorrectionForm
from noivu.ui.forms import TextField

_CONTENT = Text(vi="Nội dung", en="Content")
_LONGEST = {"type": 120, "authority": 300, "source_symbol": 120}


class MatterForm(TaskForm):
    """One of a kind to be entered."""

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"title": _CONTENT, "assigner": family.giver, "arises_on": family.arises}
        for name, label in labels.items():
            self.fields[name].label = label  # type: ignore[assignment]  # Text
        self.fields["assigner"].example = None  # type: ignore[attr-defined]  # that of a task
        del self.fields["source_symbol"]
        for own in family.own:
            example = both(own.example) if own.example else None
            self.fields[own.name] = TextField(
                own.label, example=example, max_length=_LONGEST[own.name], required=own.required
            )
        if family.is_answered:
            del self.fields["confirmation_required"]
        own_names = [own.name for own in family.own]
        self.order_fields(["title", "assigner", *own_names, "parent", "arises_on"])


class MatterCorrectionForm(CorrectionForm, CountedAsRecorded, MatterForm):
    """One of a kind put right."""

    lead = None  # type: ignore[assignment]  # how the framework takes a field of the parent away
    parent = None  # type: ignore[assignment]  # a part stays a part of its whole
    reason = TextField(Text(vi="Lý do sửa", en="Reason of the correction"), max_length=1000)
